import type { ExplanationWords } from '../explaining.ts';

const of = (means: string, cause: string, cure: string) => ({ means, cause, cure });

const ofAws = (means: string, cause: string) => ({ means, cause });

/** What each code means, why it comes and what to do, whatever the case at hand. */
export const explanations: ExplanationWords = {
  heading: { code: 'CODE', means: 'MEANING' },
  labels: { cause: 'Why', cure: 'What to do', move: 'Whose move', exit: 'Exit code' },
  moves: {
    caller: 'yours: the command line, a file, credentials or this machine',
    administrator: 'the administrator of the organization: a policy or a switch',
    owner: 'the owner of the member account',
    aws: "AWS's: wait, or run again",
    rootctl: "rootctl's: report it",
  },
  exits: {
    usage: '64: nothing was done',
    failed: '1',
    interrupted: '130, or 143 for SIGTERM and SIGHUP; 1 for --timeout',
    none: '1, unless something else decides: one account or check is told with it, the command goes on',
  },
  more: (command: string) => `All of a code: ${command}`,
  codes: {
    Interrupted: of(
      'the command was stopped before it had a result',
      'Ctrl-C, a signal or --timeout',
      'run it again; a run that had begun to delete goes on with rootctl runs resume',
    ),
    SandboxServed: of(
      'the saved simulated organization is being served',
      'rootctl sandbox start runs, and two processes would overwrite each other',
      'reach it with --endpoint-url, or stop the server',
    ),
    InvalidScenario: of(
      'a scenario of the sandbox cannot be used',
      'it is not JSON, or not what docs/sandbox.md describes',
      'mend the place that the message names',
    ),
    UnknownCode: of(
      'rootctl explain does not know the code',
      'it is mistyped, or AWS says it and rootctl has nothing to add',
      'see all: rootctl explain',
    ),
    PortInUse: of(
      'the sandbox cannot listen on the port',
      'another program has it, or it needs more rights',
      'choose another with --port, or 0 for any free one',
    ),
    Usage: of(
      'the command line cannot be understood',
      'a mistyped command or flag, a missing value, or one out of bounds',
      'see --help of the command',
    ),
    InvalidValue: of(
      'a value is not what it must be',
      'it is out of bounds, or written in another way',
      'give one that the message describes',
    ),
    InvalidConfig: of(
      'the configuration file is wrong',
      'it is not YAML, or has a key or value that there is not',
      'mend the line that the message names',
    ),
    ContradictingFlags: of(
      'flags were given that cannot stand together',
      'each of them says otherwise',
      'leave one of them out',
    ),
    UnknownFormat: of(
      'there is no such output format',
      'a mistyped --output, or output: of the configuration',
      'choose one that the hint lists',
    ),
    FormatNotOffered: of(
      'this command has no output in that format',
      'its document has no form in it',
      'choose one that the hint lists',
    ),
    FormatNotTold: of(
      '--out does not say the format of its file',
      'neither FORMAT= stands before the file, nor does its name end in what says it',
      'write --out FORMAT=FILE',
    ),
    SameOutput: of(
      'two results would go to one place',
      'two of --out name the same file, or two stdout',
      'give each a file of its own',
    ),
    OutNotOffered: of(
      'this command has no --out',
      'its result is no document, and has one form',
      'send stdout to a file instead',
    ),
    InvalidQuery: of(
      'the expression of --query cannot be read',
      'it is not JMESPath, or calls a function that JMESPath does not have',
      'mend it; quote it for the shell',
    ),
    QueryNotOffered: of(
      '--query stands beside a form that is no JSON',
      'it asks the JSON of a document, and a table, csv, markdown or SARIF has none',
      'leave out --query, or the other form',
    ),
    QueryFailed: of(
      'the expression of --query does not fit the document',
      'a function was given what it cannot take, such as length() of a number',
      'look at the whole document with -o json, and mend the expression; what the command did is done',
    ),
    UnusableOutput: of(
      'the file of --out cannot be written, as was seen before anything was done',
      'its folder is missing or not writable, or a link, a folder or a device has its name',
      'make the folder, or name another file',
    ),
    OutputNotWritten: of(
      'a result could not be written to its file, when everything else was done',
      'a full disk, or rights that were taken away meanwhile',
      'look at the other outputs; what the command did is done',
    ),
    InvalidDocument: of(
      'a text is no document of the kind that was expected',
      'it is not JSON, is of another kind, was edited or cut, or is of another version',
      'write it again with the command that makes it',
    ),
    InvalidBaseline: of(
      'the file of --baseline is not a status document',
      'it is not the output of rootctl status -o json, or was edited or cut',
      'make one: rootctl status -o json > FILE',
    ),
    InvalidReading: of(
      'a file of report --from is not a status document',
      'it is not the output of rootctl status -o json, or was edited or cut',
      'make one: rootctl status -o json > FILE',
    ),
    NoReadings: of(
      'a report needs a reading, and was given none',
      'a program called report without readings',
      'give it the documents of status',
    ),
    SeveralOrganizations: of(
      'the readings of a report are of different organizations',
      'a report over a period is about one organization',
      'make a report of each organization',
    ),
    ReadingTwice: of(
      'a report was given two readings of the same time',
      'the same file was named twice, or is there under two names',
      'name each reading once',
    ),
    NothingDeleted: of(
      'a report on the run cannot be made',
      'report --run tells what accounts held before a deletion and after it, and the run deleted no credentials',
      'see what the run did: rootctl runs show ID',
    ),
    IncompleteBaseline: of(
      'the file of --baseline tells of a part of the accounts only',
      'its reading was cut short: what it does not list would count as new, or go unseen',
      'make one of a reading that came to its end: rootctl status -o json > FILE',
    ),
    UnreadableFile: of(
      'a file that was named cannot be read',
      'it is not there, or not yours to read',
      'check the path and your rights',
    ),
    NotConfirmed: of(
      'what had to be typed was not',
      'three tries went by, or no line came',
      'run it again and type it exactly, or use --yes',
    ),
    NoConfirmation: of(
      'the command asks first, and nobody can be asked',
      'there is no terminal',
      'add --yes, or look first with --dry-run',
    ),
    EmptyValue: of(
      'a flag has an empty value',
      'often a variable of the shell that is not set',
      'give it a value, or leave it out',
    ),
    InvalidTag: of('--tag has no key', 'it begins with =', 'write --tag KEY or --tag KEY=VALUE'),
    ContradictingSelection: of(
      '--all stands beside another selection',
      '--all names every account already',
      'leave out one of them; to leave accounts out use --exclude',
    ),
    InvalidAccountId: of(
      'a word is no account id',
      'an id has 12 digits; a leading zero gets lost in spreadsheets',
      'write all 12 digits',
    ),
    EmptySelection: of(
      'nobody said which accounts',
      'delete never takes all of them by itself',
      'name them: --all, ids, --accounts, --ou, --tag or --name',
    ),
    UnknownAccount: of(
      'an account that was named is not in the organization',
      'a mistyped id, or another organization',
      'check the id and --profile',
    ),
    NothingSelected: of(
      'the selection holds no account',
      'nothing matches the names, tags or units',
      'look with rootctl status',
    ),
    UnknownOrganizationalUnit: of(
      'there is no such organizational unit',
      'a mistyped id or path, or another organization',
      'use one that the hint lists',
    ),
    InvalidPath: of(
      'the path of a unit has an empty part',
      'two slashes in a row',
      'write the names from the root down: Workloads/Prod',
    ),
    AmbiguousPath: of(
      'a path leads to several units',
      'units beside each other may differ only in how they are written',
      'name the unit by its id',
    ),
    UnmatchedExclusion: of(
      'an exclusion or a protection matches nothing',
      'a mistyped name; it would protect nobody',
      'mend it, or take it out',
    ),
    UnknownPlace: of(
      'where an account stands is not known',
      'Organizations did not say in which unit it is, and an exclusion depends on it',
      'allow organizations:ListParents, or name the accounts',
    ),
    ManagementAccount: of(
      'the management account was named',
      'root sessions never reach it, and rootctl never changes it',
      'look after its root user by hand',
    ),
    AccountNotActive: of(
      'an account that was named is not active',
      'it is suspended, closed or not yet active',
      'leave it out',
    ),
    AccountExcluded: of('an account was named and excluded', '--exclude always wins', 'take one of the two out'),
    AccountProtected: of(
      'an account was named that the configuration protects',
      'protect: always wins',
      'take it out of protect:, if that is meant',
    ),
    UnknownProfile: of(
      'there is no such profile',
      'a mistyped --profile or AWS_PROFILE',
      'use one that the hint lists',
    ),
    InvalidEndpoint: of(
      'an endpoint is no http:// or https:// address',
      'a setting of the environment or of the shared configuration',
      'mend it, or unset it',
    ),
    InvalidNetworkSetting: of(
      'a proxy or a certificate bundle cannot be used',
      'an address that is none, or a file without certificates',
      'mend it, or unset it',
    ),
    NoMfaCode: of(
      'no MFA code was given for the profile',
      'the role of the profile asks for one',
      'type the six digits',
    ),
    MalformedResponse: of(
      'an answer is not what AWS always sends',
      'a proxy, a sign-in page or an emulator answers in its place',
      'check --endpoint-url and the network',
    ),
    UnsupportedPartition: of(
      'rootctl does not work in this partition',
      'centralized root access works differently there',
      'use an organization in the partition aws',
    ),
    AWSOrganizationsNotInUseException: of(
      'the account of these credentials is in no organization',
      'other credentials were meant, or there is none yet',
      'use credentials of the management account',
    ),
    AccountNotManagementOrDelegatedAdministratorException: of(
      'the account of these credentials may not do this',
      'it is an ordinary member',
      'use the management account or a delegated administrator for iam.amazonaws.com',
    ),
    OrganizationNotInAllFeaturesModeException: of(
      'the organization has consolidated billing only',
      'centralized root access needs all features',
      'enable all features from the management account',
    ),
    ServiceAccessNotEnabledException: of(
      'trusted access for IAM is off',
      'nobody has turned it on yet, or somebody took it away',
      'rootctl enable',
    ),
    RootCredentialsManagementNotEnabled: of(
      'root credentials management is off',
      'nobody has turned it on yet',
      'rootctl enable',
    ),
    RootSessionsNotEnabled: of('root sessions are off', 'nobody has turned them on yet', 'rootctl enable'),
    CallerIsNotManagementAccountException: of(
      'only the management account may do this',
      'the credentials are of another account',
      'use credentials of the management account',
    ),
    ConstraintViolationException: of(
      'AWS refuses a change that something else stands against',
      'mostly delegated administrators that are still registered',
      'deregister them first: rootctl disable --delegated-admin ACCOUNT',
    ),
    AccessDenied: of(
      'AWS refused the call',
      'a policy of the caller does not allow it, or a service control policy denies it',
      'the hint names the policy, or see rootctl doctor and rootctl policy iam',
    ),
    'key-in-use': of(
      'an access key of a plan was used within a day',
      'something still signs with it',
      'find it by the service and region named, and move it first',
    ),
    'password-without-mfa': of('a root password has no MFA', 'it was never set up', 'remove the password'),
    'mfa-only': of(
      'only MFA devices are left',
      'the password is gone, or was never set',
      'nothing signs in; they may be removed',
    ),
    UnknownKind: of('--only names no kind of credential', 'a mistyped word', 'use one that the hint lists'),
    PlanRefused: of(
      'the plan is not carried out',
      'it is old, edited, simulated, empty or of another organization',
      'make a new one: rootctl delete --all --plan-out FILE',
    ),
    UnwritableFile: of(
      'a file cannot be written',
      'a full disk, missing rights, a link or a folder in its place',
      'check the path and your rights',
    ),
    PlanTooLarge: of(
      'the plan has more accounts than allowed',
      '--max-accounts is lower',
      'narrow the selection, or raise --max-accounts',
    ),
    UnknownTime: of(
      'AWS did not tell its time',
      'its answers lack a Date that fits, and an age decides what is deleted',
      'check --endpoint-url and any proxy',
    ),
    OtherOrganization: of(
      'the credentials belong to another organization',
      '--org, or the run that is resumed, names a different one',
      'check --profile, --org and --sandbox',
    ),
    PolicyTooLarge: of(
      'a policy is larger than AWS takes',
      'the file has more bytes than the service allows',
      'shorten it',
    ),
    PolicyNotUnderstood: of(
      'a text is not a policy that rootctl understands',
      'it is not JSON, or not in the grammar of policies',
      'mend the place that the message names',
    ),
    InvalidPolicy: of(
      'a file is no policy',
      'it is not JSON, or not in the grammar of policies',
      'mend the place that the message names',
    ),
    OtherResource: of(
      'a policy is about something else',
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
    InvalidQueue: of('this cannot be the name of a queue', 'it is no name, ARN or URL of one', 'give one of the three'),
    NothingNamed: of(
      'a policy would be changed, and it is not said of what',
      '--bucket or --queue is missing',
      'add it',
    ),
    NewPolicyLocks: of(
      'the new policy locks everybody out too',
      'a Deny statement in it spares nobody',
      'mend the statement, and put it again',
    ),
    PolicyStillSeen: of('the old policy is still seen', 'AWS needs time to show a change', 'look again in a minute'),
    UnknownCommand: of(
      '--for names no command that needs permissions',
      'a mistyped word',
      'use one that the hint lists',
    ),
    InvalidOrganizationId: of('a word is no organization id', 'it is mistyped', 'it is like o-exampleorgid'),
    MissingRepository: of(
      '--oidc github needs a repository',
      'without one every repository could take the role',
      'add --repo owner/name',
    ),
    InvalidTrust: of(
      'the trust policy cannot be made',
      'the repository, branch or environment is none',
      'see rootctl policy iam --help',
    ),
    NotRead: of(
      'something could not be read, so nothing is deleted',
      'AWS gave no answer about a kind of credential',
      'run again',
    ),
    PasswordWithoutMFA: of(
      'the password would stay without its MFA',
      '--only leaves one of the two',
      'add login-profile to --only, or leave mfa-devices out',
    ),
    ChangedSincePlan: of(
      'something changed since the plan was made',
      'somebody made, removed or changed a credential',
      'look at it, then make a new plan',
    ),
    StillSeen: of(
      'a deletion was answered, and the credential is still seen',
      'AWS needs time to show a change',
      'look again: rootctl status ACCOUNT',
    ),
    Unanswered: of(
      'a deletion was asked for, and the answer is not known',
      'the run ended in between',
      'rootctl runs resume ID looks again',
    ),
    AccountNotInOrganization: of(
      'the account has left the organization',
      'from here nothing can be done in it',
      'tell its owner that root credentials were not removed',
    ),
    TooManyFailures: of(
      'so many accounts failed that no further one is begun',
      'mostly one cause for all: a policy or a switch',
      'mend it, then rootctl runs resume ID',
    ),
    WrongAccountSession: of(
      'a root session answered as another account',
      'credentials were mixed up',
      'report it with the journal, and run nothing before',
    ),
    NotTried: of(
      'the account was not begun',
      'the run was stopped before',
      'go on with rootctl runs resume ID, or run again',
    ),
    InternalError: of('rootctl made a mistake', 'nobody thought of this case', 'run with --debug, and report it'),
    StateFolderUnwritable: of(
      'the state folder cannot be written',
      'missing rights, a full disk or a read-only one',
      'set XDG_STATE_HOME to a folder of your own',
    ),
    StateFolderInsecure: of(
      'the state folder belongs to somebody else',
      'its owner could change journals',
      'set XDG_STATE_HOME to a folder of your own',
    ),
    JournalUnwritable: of(
      'the journal cannot be written',
      'a full disk, or it was taken away',
      'make room; nothing is deleted that is not written down',
    ),
    RunInProgress: of(
      'another run works on the organization',
      'two would get in each other’s way',
      'wait for it, or end it',
    ),
    JournalFlaw: of('the journal has a flaw', 'it was cut off or edited', 'rootctl runs show ID says where'),
    UnusableFile: of(
      'a file cannot be used',
      'a link, a folder or a file of another user stands in its place',
      'look at it, and take it away',
    ),
    NoJournal: of(
      'a file is no journal of a run',
      'something else lies in the folder of the runs',
      'look at it, and take it away',
    ),
    UnreadableJournal: of('the journal of a run cannot be read', 'missing rights, or it is none', 'see rootctl runs'),
    UnknownRun: of('there is no such run on this machine', 'a mistyped id, or another machine', 'see rootctl runs'),
    JournalDamaged: of(
      'the journal cannot be trusted to go on',
      'it was cut off in the middle or edited',
      'make a new plan; keep the file as evidence',
    ),
    NothingToResume: of('the run left nothing to do', 'it ended by itself', 'see rootctl runs show ID'),
    JournalOfEarlierVersion: of(
      'the journal is of an earlier rootctl',
      'it lacks what going on needs',
      'make a new plan',
    ),
  },
  aws: {
    OrganizationNotFoundException: ofAws('the account is in no organization', 'other credentials were meant'),
    RegionDisabledException: ofAws('STS is off in this region', 'the account has not enabled it'),
    InvalidAction: ofAws('what answers does not know the call', 'an emulator, or an endpoint of another service'),
    ConcurrentModificationException: ofAws('somebody else changes the organization', 'AWS takes one change at a time'),
    AccountAlreadyClosedException: ofAws('the account is closed', 'it was closed meanwhile'),
    PolicyTypeNotEnabledException: ofAws('service control policies are off', 'the organization does not use them'),
    EntityTemporarilyUnmodifiable: ofAws('the credential is being changed', 'AWS has not finished the change before'),
    EntityAlreadyExists: ofAws('a password is there, or its recovery is allowed', 'somebody was faster'),
    DeleteConflict: ofAws('the credential is in use within AWS', 'something is still attached to it'),
    LimitExceeded: ofAws('a quota is reached', 'AWS limits how many there may be'),
    ExpiredToken: ofAws('the credentials have expired', 'they last only for hours'),
    ExpiredTokenException: ofAws('the credentials have expired', 'they last only for hours'),
    RequestExpired: ofAws('AWS takes the request for an old one', "this machine's clock is off"),
    InvalidClientTokenId: ofAws('AWS does not know the access key', 'it was deleted, or is of another partition'),
    UnrecognizedClientException: ofAws(
      'AWS does not know the access key',
      'it was deleted, or is of another partition',
    ),
    SignatureDoesNotMatch: ofAws('the signature does not fit', 'a wrong secret access key, region or endpoint'),
    InvalidSignatureException: ofAws('the signature does not fit', 'a wrong secret access key, region or endpoint'),
    CredentialsProviderError: ofAws('there are no credentials', 'no place of the standard chain has any'),
    ProxyRefused: ofAws('the proxy refuses the connection', 'it wants a user, or does not allow AWS'),
    InconsistentAnswers: ofAws('two answers of AWS contradict each other', 'a change has not reached every server yet'),
    TokenProviderError: ofAws('the SSO session has ended', 'it lasts for hours'),
  },
};
