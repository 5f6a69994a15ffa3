import type { Blocker } from '../../documents/index.ts';
import type { DoctorWords } from '../doctor-words.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { count } = grammar;
const { accounts } = shared;
const checks = { one: 'check', other: 'checks' };

const labels: DoctorWords['labels'] = {
  credentials: 'credentials',
  organization: 'organization',
  'all-features': 'all features',
  'trusted-access': 'trusted access',
  'root-credentials-management': 'root credentials management',
  'root-sessions': 'root sessions',
  'sts-region': 'STS region',
  'root-session': 'root session',
  scp: 'SCPs',
  'open-recoveries': 'open recoveries',
};

const notMade: DoctorWords['notMade'] = (why) => {
  switch (why.because) {
    case 'check-failed':
      return `the check "${labels[why.check]}" failed`;
    case 'not-described':
      return 'AWS did not describe it';
    case 'trusted-access-off':
      return 'trusted access is off';
    case 'root-credentials-management-off':
      return 'root credentials management is off';
    case 'no-member':
      return 'there is no active member account that rootctl may use';
  }
};

const switches = {
  'trusted-access': { on: 'iam.amazonaws.com', off: 'off: rootctl needs it for everything else' },
  'root-credentials-management': {
    on: 'on',
    off: 'off: root credentials cannot be read or deleted, and password recovery cannot be allowed',
  },
  'root-sessions': { on: 'on', off: 'off: rootctl unlock s3 and unlock sqs will not work' },
};

/** `DenyRootUser (p-denyroot1) on Workloads/Legacy`, or the place where nothing allows it. */
const blocker = ({ policyId, policyName, target }: Blocker): string =>
  policyName === null ? `no SCP on ${target} allows it` : `${policyName} (${policyId}) on ${target}`;

/** What mends a blocking policy, as a phrase that begins with a verb. */
const mending = ({ policyName, sid, target, action }: Blocker): string =>
  policyName === null
    ? `attach an SCP to ${target} that allows ${action ?? 'these actions'} (FullAWSAccess)`
    : `add "Null": {"aws:AssumedRoot": "true"} to ${sid === null ? 'its Deny statement' : `statement ${sid}`}`;

export const doctor: DoctorWords = {
  labels,
  notMade,
  findings: {
    'not-looked-at': ({ why }) => `not checked: ${notMade(why)}`,
    problem: (finding, told) => {
      const text = told(finding);
      switch (finding.met?.at) {
        case undefined:
          return text;
        case 'listing':
          return `not tried, because the accounts could not be listed: ${text}`;
        case 'policies':
          return `could not be read: ${text}`;
        case 'member':
          return `in ${finding.met.account.name} (${finding.met.account.id}): ${text}`;
      }
    },
    caller: ({ arn, isRoot }) =>
      isRoot
        ? `${arn} is a root user, but AWS opens root sessions for IAM roles and users only; delete this access key of the root user`
        : `${arn} (not a root user)`,
    place: ({ organization, role, caller, managementAccount }) => {
      switch (role) {
        case 'management':
          return `${organization}, called from its management account`;
        case 'delegated-administrator':
          return `${organization}, called from its delegated administrator ${caller}; for enable and disable use its management account ${managementAccount}`;
        case 'unknown':
          return `${organization}, called from ${caller}, which is not its management account ${managementAccount}; AWS did not say whether it is a delegated administrator`;
      }
    },
    'feature-set': ({ hasAllFeatures }) =>
      hasAllFeatures ? 'all features' : 'consolidated billing only: centralized root access needs all features',
    switch: ({ id, isOn, from }) =>
      isOn
        ? switches[id].on
        : `${switches[id].off}${from === null ? '' : ` (turn it on from the management account ${from})`}`,
    'may-not-be-read': () => 'the caller is not allowed to read it',
    region: ({ region, answer }) => {
      const answers = { opens: 'opens root sessions', denies: 'responds to AssumeRoot', silent: 'did not respond' };
      return `${region}: ${answers[answer]}`;
    },
    'region-not-tried': ({ region, why }) =>
      `${region}: responds; opening a root session was not tried: ${notMade(why)}`,
    'session-opened': ({ account, tookMs }) =>
      `opened in ${account.name} (${account.id}) in ${(tookMs / 1_000).toFixed(1)} s`,
    blocked: ({ by, accounts: blocked, others }) => {
      const more = others === 0 ? '' : `, other policies block ${accounts(others)} (all listed below)`;
      return `${blocker(by)} blocks ${accounts(blocked)}${more}: ${mending(by)}`;
    },
    'not-blocked': ({ accounts: all }) => `none of them blocks root sessions in ${accounts(all)}`,
    'cannot-tell': ({ accounts: doubtful }) => `unknown whether root sessions are blocked in ${accounts(doubtful)}`,
    'no-open-recovery': () => 'none allowed from this machine',
    'open-recoveries': ({ recoveries, more }) => {
      const shown = recoveries.map(({ name, id, openedAt }) => `${name} (${id}, ${openedAt})`).join(', ');
      return `asked for from this machine, and may still be open: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
    },
  },
  withHint: (message, hint) => `${message}; ${hint}`,
  noPlace: 'AWS does not say where the account is in the organization',
  notTried: 'not checked: the command was stopped first',
  blocked: (who, { policyId, policyName, sid, targetId, targetPath }) => {
    const place = `${targetPath ?? ''} (${targetId ?? '?'})`;
    if (policyId === null) return `blocked: ${who}, because no SCP on ${place} allows it`;
    return `blocked: ${who} by ${policyName ?? '?'} (${policyId})${sid === null ? '' : `, statement ${sid}`}, on ${place}`;
  },
  doubtful: (who, why) => `unknown: ${who}, because of ${why}`,
  untold: (who, why) => `unknown: ${who}: ${why}`,
  allWell: 'Everything is in place.',
  failed: (failed) => `${count(failed, checks)} failed`,
  unsure: (unsure) => `${count(unsure, checks)} ${unsure === 1 ? 'needs' : 'need'} a look`,
  verdict: (parts) => `${parts.join(', ')}.`,
};
