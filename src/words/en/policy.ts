import type {
  Doubt,
  GeneratedPolicy,
  LockReason,
  ScpVerdict,
  TaskPolicyName,
  Unreadable,
  Whom,
} from '../../policy/index.ts';
import type { PolicyFault } from '../../problems/index.ts';

/** Why something about a policy cannot be decided. */
function doubt(of: Doubt): string {
  switch (of.doubt) {
    case 'unknown-operator':
      return `the operator ${of.operator} is unknown`;
    case 'unknown-value':
      return `the value of ${of.key} is unknown`;
    case 'empty-value':
      return `${of.key} is empty, which may count as absent`;
    case 'unresolved-variable':
      return `the policy variable ${of.key} has no value`;
    case 'unknown-principal-type':
      return `the principal type ${of.type} is unknown`;
    case 'undocumented-absence':
      return `what ${of.operator} means without ${of.key} is not documented`;
    case 'unquantified-list':
      return `${of.key} is a list, but ${of.operator} has neither ForAnyValue nor ForAllValues`;
    case 'short-arn':
      return `the ARN pattern ${of.text} has fewer than six parts`;
    case 'not-boolean':
      return `"${of.text}" is not true or false`;
    case 'not-comparable':
      return `"${of.text}" cannot be compared`;
    case 'no-address':
      return `"${of.text}" or the address compared with it is not an IP address`;
  }
}

/** What is wrong with a place in a policy. */
const faults: { readonly [Name in PolicyFault['fault']]: (about: string) => string } = {
  'not-json': (about) => `is not JSON (${about})`,
  'no-object': () => 'must be an object',
  missing: () => 'is missing',
  'missing-with-negation': () => 'is missing, and so is NotAction',
  'no-string': () => 'must be a string',
  'no-strings': () => 'must be a string or a list of strings',
  'no-version': () => 'must be "2012-10-17" or "2008-10-17"',
  'no-effect': () => 'must be "Allow" or "Deny"',
  'beside-negation': (about) => `cannot be combined with ${about}`,
  'no-element': () => 'is not an element of a policy',
  'no-principal': () => 'is missing: a resource policy needs one',
};

const fault = ({ place, fault: name, about }: PolicyFault): string => `${place}: ${faults[name](about)}`;

const unreadable = (of: Unreadable): string =>
  of.unreadable === 'denied' ? `${of.operation} is denied` : fault(of.fault);

/** Why a statement of a bucket or queue policy locks, or does not: one sentence. */
function lock(of: LockReason): string {
  switch (of.reason) {
    case 'allows':
      return 'It allows; only a Deny statement can lock anyone out.';
    case 'leaves-changing':
      return `It does not deny ${of.actions.join(' or ')}, so the policy can be changed.`;
    case 'no-principal':
      return 'It names no principal, which a resource policy needs.';
    case 'unmatched-types':
      return `It denies principals of a type that cannot be compared with the account (${of.types.join(', ')}).`;
    case 'only-some':
      return `It denies only ${some(of.principals)}, not the whole account.`;
    case 'nobody':
      return 'It denies everyone except everyone, which is nobody.';
    case 'all-but-insiders':
      return `It denies everyone except ${some(of.principals)}: everyone is locked out unless one of these can be used.`;
    case 'other-resources':
      return `Its resources do not include ${of.resource} itself.`;
    case 'spared':
      return `Its conditions (${of.conditions.join(', ')}) exempt ordinary calls from the account.`;
    case 'depends':
      return `It depends on the caller (${of.conditions.join(', ')}): ${doubt(of.doubt)}.`;
    case 'denies-some':
      return `It denies ${whom(of.whom)} ${of.actions.join(', ')} but not ${of.left.join(', ')}.`;
    case 'denies': {
      const when =
        of.conditions.length === 0 ? 'without any condition' : 'under conditions that the account always meets';
      return `It denies ${whom(of.whom)} ${of.actions.join(' and ')} ${when}.`;
    }
    case 'not-understood':
      return `The policy cannot be interpreted: ${fault(of.fault)}`;
  }
}

function whom(of: Whom): string {
  switch (of.whom) {
    case 'everybody':
      return 'everyone';
    case 'account':
      return 'the whole account';
    case 'all-but':
      return `everyone except ${some(of.principals)}, and so the whole account,`;
  }
}

function some(principals: readonly string[]): string {
  const shown = principals.slice(0, 3).join(', ');
  return principals.length > 3 ? `${shown} and ${principals.length - 3} more` : shown;
}

/** Which policy blocks root sessions in an account, or leaves it open whether one does; null when none does. */
function scp({ verdict, policy: named, sid, target, why }: ScpVerdict): string | null {
  if (verdict === 'clear' || target === null) return null;
  const where = `${target.name} (${target.id})`;
  if (named === null) return `no policy on ${where} allows it`;
  const whole = `${sid === null ? 'a statement' : `statement ${sid}`} of policy ${named.name} (${named.id}) on ${where}`;
  if (verdict === 'blocked') return `${whole} denies it`;
  return why === null ? whole : `${whole}: ${'doubt' in why ? doubt(why) : unreadable(why)}`;
}

/** What a root session with the task policy does. */
const tasks: Readonly<Record<TaskPolicyName, string>> = {
  IAMAuditRootUserCredentials: 'reads the root credentials of a member account',
  IAMDeleteRootUserCredentials: 'deletes the root credentials of a member account',
  IAMCreateRootUserPassword: 'lets the owner of the root email address of a member account set a password',
  S3UnlockBucketPolicy: 'reads, replaces or removes a bucket policy',
  SQSUnlockQueuePolicy: 'reads, replaces or removes a queue policy',
};

/** Why a statement of a generated policy is there. */
function note(of: GeneratedPolicy['notes'][number]): string {
  switch (of.note) {
    case 'reads':
      return 'Reads the organization; changes nothing.';
    case 'reads-and-switches':
      return 'Reads the organization and turns the features on and off; these actions cannot be limited to a narrower resource.';
    case 'for-iam-only':
      return 'Trusted access and delegated administrators for IAM only, not for other services.';
    case 'root-session':
      return `A root session that ${tasks[of.task]}.`;
    case 'guardrail':
      return 'Denies the root users of member accounts everything, but allows root sessions (sts:AssumeRoot).';
    case 'github': {
      const who = of.subject ?? `any workflow of ${of.repo}, pull requests included,`;
      return `Lets ${who} assume this role; the account needs the OIDC provider ${of.issuer}.`;
    }
  }
}

/** What to know before a generated policy is used. */
const advice = {
  allCommands: 'For all commands; --for status,delete,… limits it to some.',
  unobserved:
    '--org relies on the documentation of aws:ResourceOrgID, which does not list sts:AssumeRoot among its exceptions; it has not been tested on AWS: test it before you rely on it.',
  replace: (placeholder: string) => `Replace ${placeholder}, or give --account-id.`,
  permissions: (command: string) => `This says who may assume the role; for what the role may do: ${command}`,
  guardrail:
    'Attach it to one test OU first. It denies root users everything that they do with their own password or keys: after rootctl recover, they can sign in but do nothing while this policy applies.',
};

/** About policies: why one locks, blocks or cannot be judged, and why a statement is in one that rootctl writes. */
export const policy = { doubt, fault, unreadable, lock, scp, note, advice };
