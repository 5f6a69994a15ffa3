import type { AwsWords } from '../problem-words.ts';

const giveCredentials =
  'give credentials: aws configure, aws sso login, AWS_PROFILE or --profile (without an account: --sandbox)';

export const aws: AwsWords = {
  message: {
    unreachable: ({ operation, message }) => `${operation}: AWS could not be reached: ${message}`,
    aborted: ({ operation }) => `${operation}: given up because the run was stopped`,
    throttled: ({ operation, message }) => `${operation}: AWS kept throttling: ${message}`,
    other: ({ operation, message }) => `${operation}: ${message}`,
  },
  said: {
    profile: ({ profile, first }, inner) =>
      first === null
        ? `profile ${profile}: ${inner}`
        : `profile ${profile}, which begins with profile ${first}: ${inner}`,
    proxy: ({ host, variable }, inner) => `the proxy ${host} (${variable}): ${inner}`,
    'not-aws': ({ host, status }, inner) => `${host} did not answer as AWS does (HTTP ${status}, ${inner})`,
    'not-whole': (_, inner) => `the answer is not whole: ${inner}`,
    'process-said': (_, inner) => `credential_process failed and said: ${inner}`,
    system: (_, inner) => inner,
    silent: ({ host, seconds }) => `${host}: no answer within ${seconds} s`,
    'past-deadline': ({ host, seconds }) => `${host}: no whole answer within ${seconds} s`,
    closed: ({ host }) => `${host}: the connection was closed`,
    'proxy-wants-user': () => 'it wants a user and a password (HTTP 407)',
    'proxy-refused': ({ status }) => `it refused the connection (HTTP ${status})`,
    redirect: () => 'a redirect, which is not followed',
    'empty-body': () => 'an empty body',
    'content-type': ({ type }) => type ?? 'no content type',
    'body-too-long': ({ mebibytes }) => `a body of more than ${mebibytes} MiB`,
    unparsable: () => 'AWS answered with something that is not a valid response',
    'no-json': () => 'no JSON object',
    'not-empty': () => 'an answer where AWS gives none',
    missing: ({ field }) => `${field} is missing`,
    malformed: ({ field }) => `${field} is not as AWS writes it`,
    'no-whole-number': ({ field }) => `${field} is no whole number`,
    'no-time': ({ field }) => `${field} is no time`,
    'no-list': ({ field }) => `${field} is no list`,
    'none-of': ({ field, words }) => `${field} is not ${words.join(' or ')}`,
    'neither-true-nor-false': ({ field }) => `${field} is neither true nor false`,
    twice: ({ field }) => `${field} is there twice`,
    'missing-of-cut-list': ({ field }) => `${field} is missing, although the list is cut off`,
    'missing-of-used-key': ({ field }) => `${field} is missing, although a service or a region is named`,
    'without-list': () => 'the answer of AWS has no list in it',
    'same-token-twice': () => 'AWS answered the same page token twice',
    'endless-list': ({ pages, empty }) => `AWS gives no end: ${pages} pages, the last ${empty} of them empty`,
    'account-twice': ({ account }) => `${account} is there twice, and not the same: it was changed or moved meanwhile`,
    'no-management-account': () => 'the listing ended without the management account, so others may be missing too',
    'unit-in-itself': ({ unit }) => `${unit} is below itself, or in two places`,
    'session-without-credentials': () => 'AWS opened a session without credentials',
    'session-of-nobody': () => 'AWS did not say whose session it is',
    'about-another': ({ found, asked }) => `the answer is about ${found}, not about ${asked}`,
    'no-summary': () => 'AWS answered no summary',
    contradiction: ({ kind }) => `AWS contradicts itself: the summary shows ${kind}, the list shows none`,
    'no-credentials': () => 'no credentials were found',
    'no-terminal-for-code': ({ profile, device }) =>
      `profile ${profile} wants a code of MFA device ${device}, and there is no terminal to ask for it`,
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
    'give-credentials': () => giveCredentials,
    'give-credentials-anywhere': ({ profile, isNamed, isThere, isInstanceOff }) => {
      const places = [
        ...(isNamed ? [] : ['AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY']),
        `profile ${profile} (${isThere ? 'it sets none' : 'there is none'})`,
        'AWS_WEB_IDENTITY_TOKEN_FILE',
        'the container',
        isInstanceOff ? 'not the EC2 instance (AWS_EC2_METADATA_DISABLED)' : 'the EC2 instance',
      ];
      return `${giveCredentials}; looked at: ${places.join(', ')}`;
    },
    'sign-in-to-sso': (_, { cure }) => `sign in again: ${cure}`,
    'sign-in-with-login': (_, { cure }) => `sign in again: ${cure}`,
    'check-profile': (_, { cure }) => `see ${cure}`,
    'check-role': (_, { cure }) => `check role_arn and its trust policy: ${cure}`,
    'check-web-identity': () => 'check the trust policy of AWS_ROLE_ARN and the token in AWS_WEB_IDENTITY_TOKEN_FILE',
    'check-container': () => 'the container has no role: check its task or pod',
    'run-process': ({ profile }) => `run it by itself: ${profile} has it as credential_process`,
    'hand-over-session': (_, { cure }) => `run it in a terminal, or hand over a session: ${cure}`,
    'not-aws-answering': () =>
      'something may answer in the place of AWS, such as a proxy or a sign-in page: look at --endpoint-url and at the network',
    'ask-proxy': () =>
      'ask whoever runs the proxy, give it a user (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT), or go past it: NO_PROXY',
    'wait-for-consistency': (_, { cure }) => `AWS needs a moment after a change: run ${cure} again`,
    'trust-certificate': () =>
      'its certificate is not trusted: behind a proxy that opens TLS, name the CA of your company with AWS_CA_BUNDLE=FILE',
    'allow-session': ({ task }, { cure, rootctl }) => {
      const wait = `right after ${rootctl('enable')}, wait a minute`;
      return task === null
        ? `allow sts:AssumeRoot for this account and task policy (${cure}), and see ${rootctl('doctor')}; ${wait}`
        : `allow sts:AssumeRoot with task policy ${task} for this account: statement AssumeRoot${task} of ${cure}; see also ${rootctl('doctor')}; ${wait}`;
    },
    'root-denied-by-scp': (_, { cure }) =>
      `a service control policy probably denies the root user without exempting root sessions: ${cure}`,
    'allow-at-home': ({ action }, { cure }) =>
      `allow ${action}, in the management account or a delegated administrator: ${cure}`,
    'allow-switching': ({ action }, { cure }) => `allow ${action}, in the management account: ${cure}`,
    'check-network': () => 'check the network, HTTPS_PROXY, --region and --endpoint-url',
    'slow-down': () => 'lower --concurrency or --rate, and run the command again',
    'run-again': () => 'AWS failed on its side: run the command again',
    'deregister-first': (_, { cure }) => `deregister the delegated administrator first: ${cure}`,
    'use-regional-endpoint': () =>
      'the endpoint does not serve AssumeRoot, which needs a regional STS endpoint: check --region and --endpoint-url',
  },
};
