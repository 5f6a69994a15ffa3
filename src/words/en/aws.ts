import type { AwsWords } from '../problem-words.ts';

const giveCredentials =
  'provide credentials: aws configure, aws sso login, AWS_PROFILE or --profile (to try rootctl without AWS: --sandbox)';

export const aws: AwsWords = {
  message: {
    unreachable: ({ operation, message }) => `${operation}: AWS could not be reached: ${message}`,
    aborted: ({ operation }) => `${operation}: cancelled because the run was stopped`,
    throttled: ({ operation, message }) => `${operation}: AWS kept throttling the call: ${message}`,
    other: ({ operation, message }) => `${operation}: ${message}`,
  },
  said: {
    profile: ({ profile, first }, inner) =>
      first === null
        ? `profile ${profile}: ${inner}`
        : `profile ${profile}, which starts from profile ${first}: ${inner}`,
    proxy: ({ host, variable }, inner) => `the proxy ${host} (${variable}): ${inner}`,
    'not-aws': ({ host, status }, inner) => `${host} did not respond like AWS (HTTP ${status}, ${inner})`,
    'not-whole': (_, inner) => `the response is incomplete: ${inner}`,
    'process-said': (_, inner) => `credential_process failed and said: ${inner}`,
    system: (_, inner) => inner,
    silent: ({ host, seconds }) => `${host}: no response within ${seconds} s`,
    'past-deadline': ({ host, seconds }) => `${host}: no complete response within ${seconds} s`,
    closed: ({ host }) => `${host}: the connection was closed`,
    'proxy-wants-user': () => 'it requires a user name and password (HTTP 407)',
    'proxy-refused': ({ status }) => `it refused the connection (HTTP ${status})`,
    redirect: () => 'a redirect, which is not followed',
    'empty-body': () => 'an empty body',
    'content-type': ({ type }) => type ?? 'no content type',
    'body-too-long': ({ mebibytes }) => `a body of more than ${mebibytes} MiB`,
    unparsable: () => 'the response cannot be read',
    'no-json': () => 'not a JSON object',
    'not-empty': () => 'a body where AWS sends none',
    missing: ({ field }) => `${field} is missing`,
    malformed: ({ field }) => `${field} is not in the form that AWS uses`,
    'no-whole-number': ({ field }) => `${field} is not a whole number`,
    'no-time': ({ field }) => `${field} is not a time`,
    'no-list': ({ field }) => `${field} is not a list`,
    'none-of': ({ field, words }) => `${field} is not ${words.join(' or ')}`,
    'neither-true-nor-false': ({ field }) => `${field} is neither true nor false`,
    twice: ({ field }) => `${field} appears twice`,
    'missing-of-cut-list': ({ field }) => `${field} is missing, although the list continues`,
    'missing-of-used-key': ({ field }) => `${field} is missing, although a service or a region is named`,
    'same-token-twice': () => 'AWS returned the same page token twice',
    'endless-list': ({ pages, empty }) =>
      `the list from AWS does not end: ${pages} pages, the last ${empty} of them empty`,
    'account-twice': ({ account }) =>
      `${account} appears twice with different contents: it was changed or moved in the meantime`,
    'no-management-account': () =>
      'the list of accounts ended without the management account, so others may be missing too',
    'unit-in-itself': ({ unit }) => `${unit} contains itself, or is in two places`,
    'about-another': ({ found, asked }) => `the response is about ${found}, not ${asked}`,
    contradiction: ({ kind }) => `AWS contradicts itself: the summary shows ${kind}, the list shows none`,
    'no-credentials': () => 'no credentials were found',
    'no-terminal-for-code': ({ profile, device }) =>
      `profile ${profile} needs a code from MFA device ${device}, but there is no terminal to ask for it`,
    'process-silent': () => 'credential_process failed and said nothing',
  },
  advice: {
    'turn-on': (_, { cure }) => `turn on trusted access and the features: ${cure}`,
    'use-management-or-delegated': () =>
      'use credentials of the management account or of a delegated administrator for iam.amazonaws.com',
    'use-management': () => 'use credentials of the management account',
    'use-organization-member': () => 'use credentials of an account that is in an organization',
    'enable-all-features': (_, { cure }) => `enable all features: ${cure}`,
    'choose-region': () => 'choose a region that is enabled for the calling account: --region us-east-1',
    'check-endpoint-knows-call': () =>
      'the endpoint does not know this call: check --endpoint-url, or update the emulator there',
    'wait-for-other-change': () => 'another change to the organization is in progress: run the command again',
    'account-closed': () => 'the account is closed: leave it out with --exclude',
    'scps-off': () => 'service control policies are off in this organization: nothing to check',
    'wait-for-credential-change': () => 'AWS is still changing this credential: run the command again in a minute',
    'recovery-already-allowed': () => 'a password exists or its recovery is already allowed',
    'detach-credential': () => 'something in AWS still uses this credential: detach it, then run the command again',
    'quota-reached': () => 'the account has reached an IAM quota: see the Service Quotas console',
    'sign-in-again': (_, { cure }) => `your credentials have expired: sign in again (for SSO: ${cure})`,
    'set-clock': () => "this machine's clock is wrong: set it, then run the command again",
    'check-credentials': () =>
      'AWS does not know these credentials: check AWS_PROFILE, AWS_ACCESS_KEY_ID and --profile',
    'check-secret': () =>
      'the secret access key does not match the access key id, or --endpoint-url or --region is wrong',
    'give-credentials': () => giveCredentials,
    'give-credentials-anywhere': ({ profile, isNamed, isThere, isInstanceOff }) => {
      const places = [
        ...(isNamed ? [] : ['AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY']),
        `profile ${profile} (${isThere ? 'it has none' : 'it does not exist'})`,
        'AWS_WEB_IDENTITY_TOKEN_FILE',
        'container credentials',
        isInstanceOff ? 'EC2 instance metadata (turned off by AWS_EC2_METADATA_DISABLED)' : 'EC2 instance metadata',
      ];
      return `${giveCredentials}; none found in: ${places.join(', ')}`;
    },
    'sign-in-to-sso': (_, { cure }) => `sign in again: ${cure}`,
    'sign-in-with-login': (_, { cure }) => `sign in again: ${cure}`,
    'check-profile': (_, { cure }) => `check its settings: ${cure}`,
    'check-role': (_, { cure }) => `check role_arn and its trust policy: ${cure}`,
    'check-web-identity': () => 'check the trust policy of AWS_ROLE_ARN and the token in AWS_WEB_IDENTITY_TOKEN_FILE',
    'check-container': () => 'the container has no role: check its task or pod',
    'run-process': ({ profile }) => `run the credential_process of profile ${profile} by itself to see what is wrong`,
    'hand-over-session': (_, { cure }) => `run rootctl in a terminal, or give it session credentials: ${cure}`,
    'not-aws-answering': () =>
      'something else may be answering instead of AWS, such as a proxy or a sign-in page: check --endpoint-url and the network',
    'ask-proxy': () =>
      'ask the administrator of the proxy, give a user name (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT), or bypass the proxy: NO_PROXY',
    'wait-for-consistency': (_, { cure }) =>
      `a change takes a moment to reach every server of AWS: run it again: ${cure}`,
    'trust-certificate': () =>
      'its certificate is not trusted: behind a proxy that inspects TLS, set AWS_CA_BUNDLE=FILE to the CA of your company',
    'allow-session': ({ task }, { cure, rootctl }) => {
      const wait = `if you have just run ${rootctl('enable')}, wait a minute`;
      return task === null
        ? `allow sts:AssumeRoot for this account and task policy (${cure}), and see ${rootctl('doctor')}; ${wait}`
        : `allow sts:AssumeRoot with task policy ${task} for this account (statement AssumeRoot${task} of ${cure}); see also ${rootctl('doctor')}; ${wait}`;
    },
    'root-denied-by-scp': (_, { cure }) =>
      `a service control policy probably denies the root user without exempting root sessions: ${cure}`,
    'allow-at-home': ({ action }, { cure }) =>
      `allow ${action}, in the management account or a delegated administrator: ${cure}`,
    'allow-switching': ({ action }, { cure }) => `allow ${action}, in the management account: ${cure}`,
    'check-network': () => 'check the network, HTTPS_PROXY, --region and --endpoint-url',
    'slow-down': () => 'lower --concurrency or --rate, and run the command again',
    'run-again': () => 'AWS had an internal error: run the command again',
    'deregister-first': (_, { cure }) => `deregister the delegated administrator first: ${cure}`,
    'use-regional-endpoint': () =>
      'the endpoint does not serve AssumeRoot, which needs a regional STS endpoint: check --region and --endpoint-url',
  },
};
