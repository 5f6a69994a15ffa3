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
      return 'there is no active member account that may be touched';
  }
};

const switches = {
  'trusted-access': { on: 'iam.amazonaws.com', off: 'off: nothing works without it' },
  'root-credentials-management': {
    on: 'on',
    off: 'off: no root credential can be read or deleted, and no recovery allowed',
  },
  'root-sessions': { on: 'on', off: 'off: S3 and SQS unlock will not work' },
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
    'not-looked-at': ({ why }) => `not looked at: ${notMade(why)}`,
    problem: (finding, told) => {
      const text = told(finding);
      switch (finding.met?.at) {
        case undefined:
          return text;
        case 'listing':
          return `no member is known to try it in: ${text}`;
        case 'policies':
          return `could not be read: ${text}`;
        case 'member':
          return `in ${finding.met.account.name} (${finding.met.account.id}): ${text}`;
      }
    },
    caller: ({ arn, isRoot }) =>
      isRoot
        ? `${arn} is a root user, and AWS opens root sessions to roles and users only; its access key should go`
        : `${arn} (not a root user)`,
    place: ({ organization, role, caller, managementAccount }) => {
      switch (role) {
        case 'management':
          return `${organization}, called from its management account`;
        case 'delegated-administrator':
          return `${organization}, called from its delegated administrator ${caller}; enable and disable need its management account ${managementAccount}`;
        case 'unknown':
          return `${organization}, called from ${caller}, which is not its management account ${managementAccount}; whether it is a delegated administrator could not be read`;
      }
    },
    'feature-set': ({ hasAllFeatures }) =>
      hasAllFeatures ? 'all features' : 'consolidated billing only: centralized root access needs all features',
    switch: ({ id, isOn, from }) =>
      isOn ? switches[id].on : `${switches[id].off}${from === null ? '' : ` (from the management account ${from})`}`,
    'may-not-be-read': () => 'may not be read',
    region: ({ region, answer }) => {
      const answers = { opens: 'opens root sessions', denies: 'answers AssumeRoot', silent: 'did not answer' };
      return `${region}: ${answers[answer]}`;
    },
    'region-not-tried': ({ region, why }) =>
      `${region}: answers; whether it opens root sessions was not tried: ${notMade(why)}`,
    'session-opened': ({ account, tookMs }) =>
      `opened in ${account.name} (${account.id}) in ${(tookMs / 1_000).toFixed(1)} s`,
    blocked: ({ by, accounts: blocked, others }) => {
      const more = others === 0 ? '' : `, other policies ${accounts(others)}; all are listed below`;
      return `${blocker(by)} blocks ${accounts(blocked)}${more}: ${mending(by)}`;
    },
    'not-blocked': ({ accounts: all }) => `none blocks root sessions in ${accounts(all)}`,
    'cannot-tell': ({ accounts: doubtful }) => `cannot tell for ${accounts(doubtful)}`,
    'no-open-recovery': () => 'none that this machine opened',
    'open-recoveries': ({ recoveries, more }) => {
      const shown = recoveries.map(({ name, id, openedAt }) => `${name} (${id}, ${openedAt})`).join(', ');
      return `opened on this machine and not seen closed: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
    },
  },
  withHint: (message, hint) => `${message}; ${hint}`,
  noPlace: 'AWS does not tell where the account is in the organization',
  notTried: 'not looked at: the command was stopped before',
  blocked: (who, { policyId, policyName, sid, targetId, targetPath }) => {
    const place = `${targetPath ?? ''} (${targetId ?? '?'})`;
    if (policyId === null) return `blocked: ${who}, because no SCP on ${place} allows it`;
    return `blocked: ${who} by ${policyName ?? '?'} (${policyId})${sid === null ? '' : `, statement ${sid}`}, on ${place}`;
  },
  doubtful: (who, why) => `cannot tell: ${who}, because of ${why}`,
  untold: (who, why) => `cannot tell: ${who}: ${why}`,
  allWell: 'Everything is in place.',
  failed: (failed) => `${count(failed, checks)} failed`,
  unsure: (unsure) => `${count(unsure, checks)} ${unsure === 1 ? 'needs' : 'need'} a look`,
  verdict: (parts) => `${parts.join(', ')}.`,
};
