import type { ExplanationWords } from '../explaining.ts';

const of = (means: string, cause: string, cure: string) => ({ means, cause, cure });

const ofAws = (means: string, cause: string) => ({ means, cause });

/** What each code means, why it comes and what to do, whatever the case at hand. */
export const explanations: ExplanationWords = {
  heading: { code: 'CODE', means: 'MEANING' },
  labels: { cause: 'Why', cure: 'What to do', move: 'Who can fix it', exit: 'Exit code' },
  moves: {
    caller: 'you: the command line, a file, credentials or this machine',
    administrator: 'the administrator of the organization: a policy or a switch',
    owner: 'the owner of the member account',
    aws: 'AWS: wait, or run the command again',
    rootctl: 'the developers of rootctl: report it',
  },
  exits: {
    usage: '64: nothing was done',
    failed: '1',
    interrupted: '130, or 143 for SIGTERM and SIGHUP; 1 for --timeout',
    none: '1, unless another error decides: it concerns one account or check, and the command continues',
  },
  more: (command: string) => `Details of one code: ${command}`,
  codes: {
    Interrupted: of(
      'the command was stopped before it had a result',
      'Ctrl-C, a signal or --timeout',
      'run it again; if it had begun to delete, resume it: rootctl runs resume ID',
    ),
    SandboxServed: of(
      'the saved simulated organization is being served',
      'rootctl sandbox start is running, and two processes would overwrite each other',
      'use it with --endpoint-url, or stop the server',
    ),
    InvalidScenario: of(
      'a sandbox scenario file cannot be used',
      'it is not JSON, or does not follow docs/sandbox.md',
      'fix the place that the message names',
    ),
    UnknownCode: of(
      'rootctl explain does not know this code',
      'it is mistyped, or an AWS code to which rootctl has nothing to add',
      'list all codes: rootctl explain',
    ),
    PortInUse: of(
      'the sandbox cannot listen on the port',
      'another program uses it, or you lack the permission to open it',
      'choose another port with --port; 0 picks a free one',
    ),
    Usage: of(
      'the command line cannot be understood',
      'a mistyped command or flag, a missing value, or a value out of range',
      'see the --help of the command',
    ),
    InvalidValue: of(
      'a value is not valid',
      'it is out of range, or in another form',
      'give a value that the message describes',
    ),
    InvalidConfig: of(
      'the configuration file is not valid',
      'it is not YAML, or contains an unknown key or a value that is not allowed',
      'fix the line that the message names',
    ),
    ContradictingFlags: of(
      'flags were given that cannot be combined',
      'they contradict each other',
      'leave out one of them',
    ),
    UnknownFormat: of(
      'there is no such output format',
      'a mistyped --output, or output: in the configuration',
      'choose one from the hint',
    ),
    FormatNotOffered: of(
      'this command does not offer that output format',
      'its result cannot be shown in that format',
      'choose one from the hint',
    ),
    FormatNotTold: of(
      '--out does not say the format of its file',
      'FORMAT= is missing, and the file name does not end in a known format',
      'write --out FORMAT=FILE',
    ),
    SameOutput: of(
      'two results would go to one place',
      'two --out flags name the same file, or both name stdout',
      'give each its own file',
    ),
    OutNotOffered: of('this command has no --out', 'its result has only one format', 'send stdout to a file instead'),
    InvalidQuery: of(
      'the expression of --query is not valid',
      'it is not JMESPath, or calls a function that JMESPath does not have',
      'fix it, and quote it for the shell',
    ),
    QueryNotOffered: of(
      '--query was combined with a format other than JSON',
      'it selects from the JSON document; table, csv, markdown and SARIF have none',
      'leave out --query, or the other format',
    ),
    QueryFailed: of(
      'the expression of --query does not fit the document',
      'a function was given what it cannot take, such as length() of a number',
      'see the whole document with -o json, and fix the expression; the command itself was carried out',
    ),
    UnusableOutput: of(
      'the file of --out or --plan-out cannot be written, and nothing was done',
      'its folder is missing or not writable, or the path is a link, a folder or a device',
      'create the folder, or name another file',
    ),
    PlanNotWritten: of(
      'the plan could not be written to its file, and nothing was deleted',
      'the disk is full, or permissions were changed in the meantime',
      'make room, or name another file, and run it again',
    ),
    OutputNotWritten: of(
      'the command was carried out, but a result could not be written to its file',
      'the disk is full, or permissions were changed in the meantime',
      'see the other outputs, or rootctl runs; do not assume that nothing was done',
    ),
    InvalidDocument: of(
      'a text is not a document of the expected kind',
      'it is not JSON, is of another kind or version, or was edited or truncated',
      'create it again with the command that writes it',
    ),
    InvalidBaseline: of(
      'the file of --baseline is not a status document',
      'it is not the output of rootctl status -o json, or was edited or truncated',
      'create one: rootctl status -o json > FILE',
    ),
    LaterBaseline: of(
      'the file of --baseline is later than the reading that is compared with it',
      'two files were exchanged, or its time was edited: what has appeared would look as if it were gone',
      'give the earlier reading to --baseline',
    ),
    InvalidReading: of(
      'a file of report --from is not a status document',
      'it is not the output of rootctl status -o json, or was edited or truncated',
      'create one: rootctl status -o json > FILE',
    ),
    NoReadings: of(
      'a report needs a reading, and was given none',
      'a program called report without readings',
      'pass it at least one status document',
    ),
    SeveralOrganizations: of(
      'the readings of a report are of different organizations',
      'a report over a period is about one organization',
      'make one report for each organization',
    ),
    ReadingTwice: of(
      'a report was given two readings with the same time',
      'the same file was given twice, or exists under two names',
      'give each reading once',
    ),
    NothingDeleted: of(
      'no report can be made on the run',
      'report --run shows what accounts held before and after a deletion, and the run deleted no credentials',
      'see what the run did: rootctl runs show ID',
    ),
    IncompleteBaseline: of(
      'the file of --baseline covers only some of the accounts',
      'its reading was cut short: what it does not list would count as new, or be missed',
      'create one from a complete reading: rootctl status -o json > FILE',
    ),
    UnreadableFile: of(
      'a file cannot be read',
      'it does not exist, or you lack the permission to read it',
      'check the path and its permissions',
    ),
    NotConfirmed: of(
      'the confirmation was not typed',
      'three tries did not match, or the input ended',
      'run it again and type it exactly, or use --yes',
    ),
    NoConfirmation: of(
      'the command needs confirmation and cannot ask for it',
      'it does not run in a terminal',
      'add --yes, or check first with --dry-run',
    ),
    EmptyValue: of(
      'a flag has an empty value',
      'often a shell variable that is not set',
      'give it a value, or leave out the flag',
    ),
    InvalidTag: of('--tag has no key', 'it begins with =', 'write --tag KEY or --tag KEY=VALUE'),
    InvalidJoinedSince: of(
      '--joined-since is neither an age nor a date',
      'a missing unit or time zone, or a day that does not exist',
      'write 30d, 2026-01-15 or 2026-01-15T09:30:00Z',
    ),
    ContradictingSelection: of(
      '--all was combined with another selection',
      '--all already means every account',
      'leave out one of them; to skip accounts, use --exclude',
    ),
    InvalidAccountId: of(
      'a value is not an account id',
      'an account id has 12 digits; spreadsheets drop leading zeros',
      'write all 12 digits',
    ),
    EmptySelection: of(
      'no accounts were selected',
      'delete never selects all accounts by default',
      'select them: --all, account ids, --accounts, --ou, --tag or --name',
    ),
    UnknownAccount: of(
      'a selected account is not in the organization',
      'a mistyped id, or another organization',
      'check the account id and --profile',
    ),
    NothingSelected: of(
      'the selection matches no account',
      'no account matches the names, tags or OUs',
      'list the accounts: rootctl status',
    ),
    UnknownOrganizationalUnit: of(
      'there is no such organizational unit',
      'a mistyped id or path, or another organization',
      'use one from the hint',
    ),
    InvalidPath: of(
      'the path of an organizational unit has an empty part',
      'two slashes in a row',
      'write the names from the root down, such as Workloads/Prod',
    ),
    AmbiguousPath: of(
      'a path matches several organizational units',
      'OUs under the same parent may have names that differ only in spelling or case',
      'give the id of the OU',
    ),
    UnmatchedExclusion: of(
      'an exclusion or a protection matches nothing',
      'a mistyped name; the accounts it was meant for would not be protected',
      'fix it, or remove it',
    ),
    UnknownPlace: of(
      'the OU of an account is not known',
      'AWS Organizations did not say which OU it is in, and an exclusion or --ou depends on it',
      'allow organizations:ListRoots and organizations:ListChildren, or select accounts by id',
    ),
    UnknownJoinTime: of(
      'it is not known when some accounts joined the organization',
      'the responses have no JoinedTimestamp, as in some emulators; AWS always sends it',
      'select such accounts by id if you mean them',
    ),
    ManagementAccount: of(
      'the management account was selected',
      'AWS opens root sessions in member accounts only, so rootctl cannot change it',
      'manage its root user in the AWS console',
    ),
    AccountNotActive: of(
      'a selected account is not active',
      'it is suspended, being closed, or not yet activated',
      'leave it out',
    ),
    AccountExcluded: of('an account is both selected and excluded', '--exclude always wins', 'remove one of the two'),
    AccountProtected: of(
      'a selected account is protected by the configuration',
      'protect: always wins',
      'if you mean it, remove the account from protect:',
    ),
    UnknownProfile: of('there is no such profile', 'a mistyped --profile or AWS_PROFILE', 'use one from the hint'),
    InvalidEndpoint: of(
      'an endpoint is not an http:// or https:// address',
      'a setting in the environment or the shared AWS configuration',
      'fix the setting, or unset it',
    ),
    InvalidNetworkSetting: of(
      'a proxy or a certificate bundle cannot be used',
      'an invalid address, or a file without certificates',
      'fix the setting, or unset it',
    ),
    NoMfaCode: of(
      'no MFA code was given for the profile',
      'the role of the profile requires one',
      'type the six digits',
    ),
    MalformedResponse: of(
      'a response lacks what AWS always sends',
      'a proxy, a sign-in page or an emulator may be answering instead of AWS',
      'check --endpoint-url and the network',
    ),
    UnsupportedPartition: of(
      'rootctl does not work in this partition',
      'centralized root access works differently there',
      'use an organization in the partition aws',
    ),
    AWSOrganizationsNotInUseException: of(
      'the account of these credentials is in no organization',
      'these are the wrong credentials, or there is no organization yet',
      'use credentials of the management account',
    ),
    AccountNotManagementOrDelegatedAdministratorException: of(
      'the account of these credentials may not do this',
      'it is an ordinary member account',
      'use the management account or a delegated administrator for iam.amazonaws.com',
    ),
    OrganizationNotInAllFeaturesModeException: of(
      'the organization has consolidated billing only',
      'centralized root access needs all features',
      'enable all features from the management account',
    ),
    ServiceAccessNotEnabledException: of(
      'trusted access for IAM is off',
      'it was never turned on, or was turned off',
      'turn it on: rootctl enable',
    ),
    RootCredentialsManagementNotEnabled: of(
      'root credentials management is off',
      'it was never turned on, or was turned off',
      'turn it on: rootctl enable',
    ),
    RootSessionsNotEnabled: of(
      'root sessions are off',
      'they were never turned on, or were turned off',
      'turn them on: rootctl enable',
    ),
    CallerIsNotManagementAccountException: of(
      'only the management account may do this',
      'the credentials are of another account',
      'use credentials of the management account',
    ),
    ConstraintViolationException: of(
      'AWS refuses a change because of another setting',
      'usually, delegated administrators are still registered',
      'deregister them first: rootctl disable --delegated-admin ACCOUNT',
    ),
    AccessDenied: of(
      'AWS refused the call',
      'the policies of the caller do not allow it, or a service control policy denies it',
      'follow the hint, or see rootctl doctor and rootctl policy iam',
    ),
    'key-in-use': of(
      'an access key in the plan was used within the last day',
      'something still uses it',
      'find what uses it (the plan names service and region) and move that to an IAM role first',
    ),
    'password-without-mfa': of(
      'a root password has no MFA',
      'MFA was never set up',
      'delete the password: rootctl delete ACCOUNT',
    ),
    'mfa-only': of(
      'only MFA devices are left',
      'the password was deleted, or was never set',
      'nobody can sign in with them; they can be deleted',
    ),
    UnknownKind: of('--only names an unknown kind of credential', 'a mistyped word', 'use one from the hint'),
    PlanRefused: of(
      'the plan was refused, and nothing was deleted',
      'it is too old, edited, empty, for another organization, or from the sandbox',
      'create a new one: rootctl delete --all --plan-out FILE',
    ),
    PlanTooLarge: of(
      'the plan has more accounts than allowed',
      'it has more than --max-accounts',
      'narrow the selection, or raise --max-accounts',
    ),
    UnknownTime: of(
      'the time at AWS is not known',
      'its responses have no valid Date header, and an age decides what is selected or deleted',
      'check --endpoint-url and any proxy',
    ),
    OtherOrganization: of(
      'the credentials belong to another organization',
      '--org, the baseline or the run to resume is for a different one',
      'check --profile, --org and --sandbox',
    ),
    PolicyTooLarge: of(
      'a policy is larger than AWS accepts',
      'the file has more bytes than the service allows',
      'shorten the policy',
    ),
    PolicyNotUnderstood: of(
      'a text is not a policy that rootctl can interpret',
      'it is not JSON, or does not follow the policy grammar',
      'fix the place that the message names',
    ),
    InvalidPolicy: of(
      'a file is not a policy',
      'it is not JSON, or does not follow the policy grammar',
      'fix the place that the message names',
    ),
    OtherResource: of(
      'a policy is for another resource',
      'its Resource names another bucket or queue',
      'use the ARN that the hint names',
    ),
    NoSuchBucket: of(
      'there is no such bucket',
      'a mistyped name, or another account',
      'list them: rootctl unlock s3 --account ACCOUNT',
    ),
    NoSuchQueue: of(
      'there is no such queue',
      'a mistyped name, or another region',
      'list them: rootctl unlock sqs --account ACCOUNT --region REGION',
    ),
    OtherAccount: of(
      'the bucket or queue belongs to another account',
      '--account names one that does not own it',
      'name the owner with --account',
    ),
    InvalidQueue: of(
      'a value does not identify a queue',
      'it is not the name, ARN or URL of a queue',
      'give the name, ARN or URL',
    ),
    NothingNamed: of(
      'it is not known which bucket or queue to change',
      '--bucket or --queue is missing',
      'add the missing flag',
    ),
    NewPolicyLocks: of(
      'the new policy would lock everyone out too',
      'it has a Deny statement that applies to everyone',
      'fix the statement, and run the command again',
    ),
    PolicyChanged: of(
      'the policy is no longer the one that was shown',
      'somebody else changed it before the command did; what is there now was neither shown nor saved',
      'look at the policy with the command in the hint, then run the command again',
    ),
    PolicyStillSeen: of(
      'AWS still shows the old policy',
      'a change takes time to reach every server',
      'check again in a minute',
    ),
    PolicyInDoubt: of(
      'nobody knows whether a policy was changed',
      'AWS was asked to change it, and its answer was lost, or the policy could not be read afterwards',
      'look at the policy again with the command in the hint',
    ),
    UnknownCommand: of(
      '--for names something other than a command that needs permissions',
      'a mistyped word',
      'use one from the hint',
    ),
    InvalidOrganizationId: of('a value is not an organization id', 'it is mistyped', 'write it like o-exampleorgid'),
    MissingRepository: of(
      '--oidc github needs a repository',
      'without one, every repository could assume the role',
      'add --repo owner/name',
    ),
    InvalidTrust: of(
      'the trust policy cannot be generated',
      'the repository, branch or environment is not valid',
      'see rootctl policy iam --help',
    ),
    NotRead: of(
      'something could not be read, so nothing is deleted',
      'AWS did not answer for one kind of credential',
      'run the command again',
    ),
    PasswordWithoutMFA: of(
      'the password would be left without MFA',
      '--only would delete the MFA devices and keep the password',
      'add login-profile to --only, or leave mfa-devices out',
    ),
    ChangedSincePlan: of(
      'something changed since the plan was made',
      'a credential was created, deleted or changed',
      'check the account, then create a new plan',
    ),
    StillSeen: of(
      'AWS accepted the deletion but still shows the credential',
      'a change takes time to reach every server',
      'check again: rootctl status ACCOUNT',
    ),
    Unanswered: of(
      'a deletion was requested and its result is not known',
      'the run ended before AWS answered, or before the account was read again',
      'resume the run, which checks again: rootctl runs resume ID',
    ),
    AccountNotInOrganization: of(
      'the account has left the organization',
      'its former organization cannot open root sessions in it',
      'tell its owner which of its root credentials may be left',
    ),
    TooManyFailures: of(
      'too many accounts failed, so no more were started',
      'usually they share one cause, such as a policy or a feature that is off',
      'fix the cause, then resume: rootctl runs resume ID',
    ),
    WrongAccountSession: of(
      'a root session turned out to belong to another account, and the run was stopped',
      'credentials were mixed up',
      'report it with the journal; do not run rootctl until it is explained',
    ),
    NotTried: of(
      'the account was not started',
      'the run was stopped first',
      'resume it: rootctl runs resume ID; or run the command again',
    ),
    InternalError: of(
      'rootctl has a bug',
      'it met a case that it does not handle',
      'run it again with --debug, and report it',
    ),
    StateFolderUnwritable: of(
      'the state folder cannot be used',
      'you lack permission, or the disk is full or read-only',
      'set XDG_STATE_HOME to a folder that you own',
    ),
    StateFolderInsecure: of(
      'another user can write to the state folder',
      'that user could change journals',
      'set XDG_STATE_HOME to a folder that you own',
    ),
    JournalUnwritable: of(
      'the journal cannot be written',
      'the disk is full, or the file was removed',
      'free disk space; rootctl deletes nothing that it cannot record',
    ),
    RunInProgress: of(
      'another run is working on the organization',
      'two runs would interfere with each other',
      'wait for it to end, or stop it',
    ),
    JournalFlaw: of('the journal is damaged', 'it was truncated or edited', 'see where: rootctl runs show ID'),
    UnusableFile: of(
      'a file cannot be used',
      'there is a link, a folder or a file of another user in its place',
      'check it, and move it elsewhere',
    ),
    NoJournal: of(
      'a file is not the journal of a run',
      'something else is in the folder of the runs',
      'check the file, and move it elsewhere',
    ),
    UnreadableJournal: of(
      'the journal of a run cannot be read',
      'you lack permission, or it is not a journal',
      'list the runs: rootctl runs',
    ),
    UnknownRun: of(
      'there is no such run on this machine',
      'a mistyped id, or a run of another machine',
      'list the runs: rootctl runs',
    ),
    JournalDamaged: of(
      'the run cannot be resumed because its journal is damaged',
      'it was truncated or edited',
      'create a new plan, and keep the journal as evidence',
    ),
    NothingToResume: of(
      'the run has nothing to resume',
      'it finished, or was not a delete',
      'see rootctl runs show ID',
    ),
    JournalOfEarlierVersion: of(
      'the journal was written by an earlier version of rootctl',
      'it lacks information that resuming needs',
      'create a new plan',
    ),
  },
  aws: {
    OrganizationNotFoundException: ofAws('the account is not in an organization', 'these may be the wrong credentials'),
    RegionDisabledException: ofAws('STS is off in this region', 'the account has not enabled it'),
    InvalidAction: ofAws(
      'the endpoint does not know the call',
      'it is an emulator, or the endpoint of another service',
    ),
    ConcurrentModificationException: ofAws(
      'another change to the organization is in progress',
      'AWS accepts one change at a time',
    ),
    AccountAlreadyClosedException: ofAws('the account is closed', 'it was closed in the meantime'),
    PolicyTypeNotEnabledException: ofAws('service control policies are off', 'the organization does not use them'),
    EntityTemporarilyUnmodifiable: ofAws('the credential is being changed', 'AWS has not finished the previous change'),
    EntityAlreadyExists: ofAws('a password exists, or its recovery is already allowed', 'it was set or allowed before'),
    DeleteConflict: ofAws('the credential is in use in AWS', 'something is still attached to it'),
    LimitExceeded: ofAws('a quota is reached', 'AWS limits how many there can be'),
    ExpiredToken: ofAws('the credentials have expired', 'temporary credentials last only a few hours'),
    ExpiredTokenException: ofAws('the credentials have expired', 'temporary credentials last only a few hours'),
    RequestExpired: ofAws('AWS considers the request too old', "this machine's clock is wrong"),
    InvalidClientTokenId: ofAws('AWS does not know the access key', 'it was deleted, or belongs to another partition'),
    UnrecognizedClientException: ofAws(
      'AWS does not know the access key',
      'it was deleted, or belongs to another partition',
    ),
    SignatureDoesNotMatch: ofAws('the signature does not match', 'a wrong secret access key, region or endpoint'),
    InvalidSignatureException: ofAws('the signature does not match', 'a wrong secret access key, region or endpoint'),
    CredentialsProviderError: ofAws('no credentials were found', 'none of the standard places has any'),
    ProxyRefused: ofAws('the proxy refuses the connection', 'it requires a user name, or does not allow AWS'),
    InconsistentAnswers: ofAws(
      'two responses from AWS contradict each other',
      'a change has not reached every server yet',
    ),
    TokenProviderError: ofAws('the SSO session has expired', 'it lasts only a few hours'),
  },
};
