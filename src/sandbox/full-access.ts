/** AWS's own SCP, which it attaches to the root, every OU and every account (Organizations User Guide, "SCPs"). */
export const fullAwsAccess = {
  id: 'p-FullAWSAccess',
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  awsManaged: true,
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  targets: ['*'],
};
