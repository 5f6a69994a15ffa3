import type { AwsWords } from '../problem-words.ts';

export const aws: AwsWords = {
  message: {
    unreachable: ({ operation, message }) => `${operation}: AWS could not be reached: ${message}`,
    aborted: ({ operation }) => `${operation}: given up because the run was stopped`,
    throttled: ({ operation, message }) => `${operation}: AWS kept throttling: ${message}`,
    other: ({ operation, message }) => `${operation}: ${message}`,
  },
  advice: {
    'as-told': (about) => about ?? '',
    'turn-on': (_, { cure }) => `turn on trusted access and the features: ${cure}`,
    'use-management-or-delegated': () =>
      'use credentials of the management account or of a delegated administrator for iam.amazonaws.com',
    'use-management': () => 'use credentials of the management account',
    'use-organization-member': () => 'use credentials of an account that is in an organization',
    'enable-all-features': (_, { cure }) => `enable all features: ${cure}`,
    'choose-region': () => 'choose a region that is enabled for the calling account: --region us-east-1',
    'check-endpoint-knows-call': () =>
      'what answers does not know this call: check --endpoint-url, or whether the emulator there is recent',
    'wait-for-other-change': () => 'somebody else is changing the organization: run the command again',
    'account-closed': () => 'the account is closed: leave it out with --exclude',
    'scps-off': () => 'service control policies are off in this organization: nothing to check',
    'wait-for-credential-change': () => 'AWS is still changing this credential: run the command again in a minute',
    'recovery-already-allowed': () => 'a password exists or its recovery is already allowed',
    'detach-credential': () => 'something in AWS still uses this credential: detach it, then run the command again',
    'quota-reached': () => 'the account has reached a quota of IAM: see the Service Quotas console',
    'sign-in-again': (_, { cure }) => `your credentials have expired: sign in again (for SSO: ${cure})`,
    'set-clock': () => "this machine's clock is off: set it, then run the command again",
    'check-credentials': () =>
      'AWS does not know these credentials: check AWS_PROFILE, AWS_ACCESS_KEY_ID and --profile',
    'check-secret': () =>
      'the secret access key does not fit the access key id, or --endpoint-url or --region is not what AWS expects',
    'give-credentials': () =>
      'give credentials: aws configure, aws sso login, AWS_PROFILE or --profile (without an account: --sandbox)',
    'sign-in-to-sso': (_, { cure }) => `sign in again: ${cure}`,
    'not-aws-answering': () =>
      'something may answer in the place of AWS, such as a proxy or a sign-in page: look at --endpoint-url and at the network',
    'ask-proxy': () =>
      'ask whoever runs the proxy, give it a user (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT), or go past it: NO_PROXY',
    'wait-for-consistency': (_, { cure }) => `AWS needs a moment after a change: run ${cure} again`,
    'trust-certificate': () =>
      'its certificate is not trusted: behind a proxy that opens TLS, name the CA of your company with AWS_CA_BUNDLE=FILE',
    'allow-session': (task, { cure, rootctl }) => {
      const wait = `right after ${rootctl('enable')}, wait a minute`;
      return task === null
        ? `allow sts:AssumeRoot for this account and task policy (${cure}), and see ${rootctl('doctor')}; ${wait}`
        : `allow sts:AssumeRoot with task policy ${task} for this account: statement AssumeRoot${task} of ${cure}; see also ${rootctl('doctor')}; ${wait}`;
    },
    'root-denied-by-scp': (_, { cure }) =>
      `a service control policy probably denies the root user without exempting root sessions: ${cure}`,
    'allow-at-home': (action, { cure }) =>
      `allow ${action ?? 'it'}, in the management account or a delegated administrator: ${cure}`,
    'allow-switching': (action, { cure }) => `allow ${action ?? 'it'}, in the management account: ${cure}`,
    'check-network': () => 'check the network, HTTPS_PROXY, --region and --endpoint-url',
    'slow-down': () => 'lower --concurrency or --rate, and run the command again',
    'run-again': () => 'AWS failed on its side: run the command again',
    'deregister-first': (_, { cure }) => `deregister the delegated administrator first: ${cure}`,
    'use-regional-endpoint': () =>
      'the endpoint does not serve AssumeRoot, which needs a regional STS endpoint: check --region and --endpoint-url',
  },
};
