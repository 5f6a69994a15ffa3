import type { SummaryKeyType } from '@aws-sdk/client-iam';
import type { Saying } from '../problems/index.ts';
import { malformed } from './failure.ts';

/**
 * What must be there before an answer of AWS's counts as one. An answer without what AWS always sends is malformed,
 * never empty, zero or clean: the SDK reads a missing list as `undefined`, an empty number as 0 and any word but `true` as
 * `false`. One entry for every operation that rootctl sends (`test/aws/answers.test.ts` looks for them in the source).
 * Sources: the API references of IAM, STS, Organizations, S3 and SQS; what they call optional and AWS always sends is
 * required here where its absence would be taken for "none".
 */
type Rule = (value: unknown) => Flaw | null;

/** What is wrong with the value at this path; empty for the value itself. */
type Flaw = Extract<Saying, { readonly field: string }>;
type FlawName = Exclude<Flaw['say'], 'none-of'>;

interface Answer {
  /** Of the parsed answer: null when it is whole, else what is wrong with it. */
  readonly whole: Rule;
  /** Of the text of an answer in XML, for what parsing would hide. */
  readonly wire?: (text: string) => Saying | null;
  /** The call changes something: after a malformed answer it may have taken effect. */
  readonly changes?: true;
}

const flaw = (say: FlawName, field = ''): Flaw => ({ say, field });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? null : flaw('malformed');
const someText = text(/\S/u);
const anyText = text(/^/u);
/**
 * People may name things as they like, a blank included, and AWS allows 256 characters at most (a tag's value). Whoever
 * answers in its place with megabytes would have them measured, wrapped and compared in every table.
 */
const name: Rule = (value) => (typeof value === 'string' && value.length <= 1_024 ? null : flaw('malformed'));
/** A word of AWS's own. */
const word: Rule = (value) => name(value) ?? someText(value);
const wholeNumber: Rule = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? null : flaw('no-whole-number');
const date: Rule = (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? null : flaw('no-time'));
const oneOf =
  (...words: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : { say: 'none-of', field: '', words };
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || value === null ? null : rule(value);
const anything: Rule = () => null;

const shape =
  (fields: Readonly<Record<string, Rule>>): Rule =>
  (value) => {
    if (!isObject(value)) return flaw('missing');
    for (const name in fields) {
      const wrong = fields[name]?.(value[name]) ?? null;
      if (wrong !== null) return below(name, value[name] === undefined ? flaw('missing') : wrong);
    }
    return null;
  };

const listOf =
  (item: Rule): Rule =>
  (value) => {
    if (!Array.isArray(value)) return flaw('no-list');
    for (const one of value) {
      const wrong = item(one);
      if (wrong !== null) return below('member', wrong);
    }
    return null;
  };

/** `Accounts.member.Id` */
const below = (name: string, wrong: Flaw): Flaw => ({
  ...wrong,
  field: wrong.field === '' ? name : `${name}.${wrong.field}`,
});

const both =
  (...rules: readonly Rule[]): Rule =>
  (value) => {
    for (const rule of rules) {
      const wrong = rule(value);
      if (wrong !== null) return wrong;
    }
    return null;
  };

export const accountIdPattern = /^\d{12}$/u;
/** Organizations API Reference: `Organization.Id`, `Root.Id`, `OrganizationalUnit.Id`. */
export const organizationIdPattern = /^o-[a-z0-9]{10,32}$/u;
const rootIdPattern = /^r-[0-9a-z]{4,32}$/u;
const unitIdPattern = /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/u;
/** Of a bucket; it becomes part of a host's name. */
export const regionPattern = /^[a-z]{2,3}(?:-[a-z]+)+-\d{1,2}$/u;
const queueUrl = text(/^https?:\/\/[\w.:[\]-]+\/(?:[\w.-]+\/)*[\w-]{1,80}(?:\.fifo)?$/u);
const accountId = text(accountIdPattern);
const arn = text(/^arn:[\w-]+:[\s\S]{0,2048}$/u);
/** IAM API Reference, `accessKeyIdType`, `certificateIdType`. */
const keyId = text(/^\w{1,128}$/u);
const credentialStatus = oneOf('Active', 'Inactive', 'Expired');

/** A page of an IAM list: it says whether it is the last, and if it is not, where the next one begins. */
const page: Rule = (value) => {
  if (!isObject(value) || typeof value['IsTruncated'] !== 'boolean') return flaw('missing', 'IsTruncated');
  const hasMarker = typeof value['Marker'] === 'string' && value['Marker'] !== '';
  return value['IsTruncated'] && !hasMarker ? flaw('missing-of-cut-list', 'Marker') : null;
};

function pageOf(name: string, item: Rule): Answer {
  const wrongList = listInText(name);
  return {
    whole: both(shape({ [name]: listOf(item) }), page),
    wire: (xml) => wrongList(xml) ?? truncationInText(xml),
  };
}

/** A list holds members and nothing else: the SDK leaves out whatever else is in it, and so would read it as shorter. */
const listInText =
  (name: string, member = 'member') =>
  (xml: string): Saying | null => {
    const list = contentOf(xml, name);
    return list === null || holdsMoreThan(list, member) ? flaw('no-list', name) : null;
  };

/**
 * What stands in the first element of this name; null: there is none, or it has no end. By looking for texts, as below:
 * an expression that tries again at each `<NAME` would take hours for an answer of 8 MiB that is made of them.
 */
function contentOf(xml: string, name: string): string | null {
  let start = xml.indexOf(`<${name}`);
  while (start >= 0 && !/[\s/>]/u.test(xml.charAt(start + name.length + 1))) start = xml.indexOf(`<${name}`, start + 1);
  const opened = start < 0 ? -1 : xml.indexOf('>', start);
  if (opened < 0) return null;
  if (xml[opened - 1] === '/') return '';
  const end = xml.indexOf(`</${name}>`, opened);
  return end < 0 ? null : xml.slice(opened + 1, end);
}

function holdsMoreThan(list: string, member: string): boolean {
  const [opening, closing] = [`<${member}>`, `</${member}>`];
  let at = 0;
  for (;;) {
    const start = list.indexOf(opening, at);
    const end = start < 0 ? -1 : list.indexOf(closing, start);
    if (list.slice(at, end < 0 ? undefined : start).trim() !== '') return true;
    if (end < 0) return false;
    at = end + closing.length;
  }
}

/** The SDK takes ` true ` for false: blanks are no harm around `false` only. */
const truncationInText = (xml: string): Saying | null =>
  /<IsTruncated>(?:true|\s*false\s*)<\/IsTruncated>/iu.test(xml) ? null : flaw('neither-true-nor-false', 'IsTruncated');

/**
 * The numbers of `GetAccountSummary` that say whether there are root credentials. Whoever reads another does not compile
 * (`SummaryKey`): one that is not asked for here could be missing and taken for "none".
 */
const summaryKeys = [
  'AccountPasswordPresent',
  'AccountAccessKeysPresent',
  'AccountMFAEnabled',
  'AccountSigningCertificatesPresent',
] as const satisfies readonly SummaryKeyType[];
export type SummaryKey = (typeof summaryKeys)[number];
const summaryNumbers = summaryKeys.map(
  (key) =>
    [
      key,
      new RegExp(`<key>\\s*${key}\\s*</key>\\s*<value>\\s*\\d+\\s*</value>`, 'u'),
      new RegExp(`<key>\\s*${key}\\s*</key>`, 'gu'),
    ] as const,
);

/** Each number once: of two the SDK would take the last. */
function summaryInText(xml: string): Saying | null {
  for (const [key, pattern, naming] of summaryNumbers) {
    if (!pattern.test(xml)) return flaw('no-whole-number', `SummaryMap.${key}`);
    if ((xml.match(naming) ?? []).length > 1) return flaw('twice', `SummaryMap.${key}`);
  }
  return null;
}

/** A member account's path: its organization, its root, the OUs down to it, and where AWS adds it the account itself. */
const path = text(/^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}(?:\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})*(?:\/\d{12})?\/?$/u);

/** `Status` was retired on 2026-09-09 in favour of `State`: one of them is always there. */
const state: Rule = (value) => {
  if (!isObject(value)) return flaw('missing');
  return word(value['State'] ?? value['Status']) === null ? null : flaw('missing', 'State');
};

/**
 * A key that was never used has no `LastUsedDate`, and "N/A" for both names, which are always there (API Reference,
 * `AccessKeyLastUsed`): a name without a time is a time that was lost.
 */
const consistentUse: Rule = (value) => {
  const wrong = shape({ LastUsedDate: optional(date), ServiceName: word, Region: word })(value);
  if (wrong !== null || !isObject(value) || value['LastUsedDate'] !== undefined) return wrong;
  const isUsed = [value['ServiceName'], value['Region']].some((name) => name !== 'N/A');
  return isUsed ? flaw('missing-of-used-key', 'LastUsedDate') : null;
};

const nothing: Answer = { whole: anything, changes: true };
const loginProfile = shape({ LoginProfile: shape({ CreateDate: date }) });
const unit = shape({ Id: text(unitIdPattern), Name: name });
/** A page of Organizations or SQS: a token, where there is one, says something. */
const listed = (name: string, item: Rule): Answer => ({
  whole: shape({ [name]: listOf(item), NextToken: optional(someText) }),
});

const answers = {
  GetCallerIdentity: { whole: shape({ Account: accountId, Arn: arn }) },
  AssumeRoot: {
    whole: shape({
      Credentials: shape({ AccessKeyId: keyId, SecretAccessKey: someText, SessionToken: someText, Expiration: date }),
    }),
  },

  GetAccountSummary: {
    whole: shape({ SummaryMap: shape(Object.fromEntries(summaryKeys.map((key) => [key, wholeNumber]))) }),
    wire: summaryInText,
  },
  GetUser: { whole: shape({ User: shape({ Arn: arn, PasswordLastUsed: optional(date) }) }) },
  GetLoginProfile: { whole: loginProfile },
  ListAccessKeys: pageOf(
    'AccessKeyMetadata',
    shape({ AccessKeyId: keyId, Status: credentialStatus, CreateDate: date }),
  ),
  GetAccessKeyLastUsed: { whole: shape({ AccessKeyLastUsed: consistentUse }) },
  ListMFADevices: pageOf('MFADevices', shape({ SerialNumber: text(/^[\w+=/:,.@-]{1,256}$/u), EnableDate: date })),
  ListSigningCertificates: pageOf(
    'Certificates',
    shape({ CertificateId: keyId, Status: credentialStatus, UploadDate: date }),
  ),
  CreateLoginProfile: { whole: loginProfile, changes: true },
  DeleteAccessKey: nothing,
  DeleteLoginProfile: nothing,
  DeleteSigningCertificate: nothing,
  DeactivateMFADevice: nothing,
  ListOrganizationsFeatures: {
    whole: shape({ EnabledFeatures: listOf(word) }),
    wire: listInText('EnabledFeatures'),
  },
  EnableOrganizationsRootCredentialsManagement: nothing,
  EnableOrganizationsRootSessions: nothing,
  DisableOrganizationsRootCredentialsManagement: nothing,
  DisableOrganizationsRootSessions: nothing,

  DescribeOrganization: {
    whole: shape({
      Organization: shape({
        Id: text(organizationIdPattern),
        MasterAccountId: accountId,
        FeatureSet: oneOf('ALL', 'CONSOLIDATED_BILLING'),
      }),
    }),
  },
  ListAccounts: listed(
    'Accounts',
    both(shape({ Id: accountId, Name: name, Email: optional(name), Paths: optional(listOf(path)) }), state),
  ),
  // Without its policy types a root would look like one where service control policies are off.
  ListRoots: listed(
    'Roots',
    shape({ Id: text(rootIdPattern), PolicyTypes: listOf(shape({ Type: word, Status: word })) }),
  ),
  ListChildren: listed('Children', shape({ Id: text(/^(?:\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/u) })),
  ListOrganizationalUnitsForParent: listed('OrganizationalUnits', unit),
  DescribeOrganizationalUnit: { whole: shape({ OrganizationalUnit: unit }) },
  ListPoliciesForTarget: listed('Policies', shape({ Id: text(/^p-\w{1,128}$/u), Name: name })),
  DescribePolicy: { whole: shape({ Policy: shape({ Content: someText }) }) },
  ListTagsForResource: listed('Tags', shape({ Key: word, Value: name })),
  ListAWSServiceAccessForOrganization: listed('EnabledServicePrincipals', shape({ ServicePrincipal: word })),
  ListDelegatedAdministrators: listed('DelegatedAdministrators', shape({ Id: accountId })),
  EnableAWSServiceAccess: nothing,
  DisableAWSServiceAccess: nothing,
  RegisterDelegatedAdministrator: nothing,
  DeregisterDelegatedAdministrator: nothing,

  ListBuckets: {
    whole: shape({
      Buckets: listOf(shape({ Name: text(/^[\w.-]{1,255}$/u), BucketRegion: optional(text(regionPattern)) })),
    }),
    wire: (xml) =>
      rootOf(xml) === 'ListAllMyBucketsResult'
        ? listInText('Buckets', 'Bucket')(xml)
        : flaw('missing', 'ListAllMyBucketsResult'),
  },
  GetBucketPolicy: { whole: shape({ Policy: text(/^\s*\{/u) }) },
  PutBucketPolicy: nothing,
  DeleteBucketPolicy: nothing,
  // SQS leaves an empty list out; of a queue's attributes its ARN is asked for too, and that one is always there.
  ListQueues: { whole: shape({ QueueUrls: optional(listOf(queueUrl)), NextToken: optional(someText) }) },
  GetQueueUrl: { whole: shape({ QueueUrl: queueUrl }) },
  GetQueueAttributes: { whole: shape({ Attributes: shape({ QueueArn: arn, Policy: optional(anyText) }) }) },
  SetQueueAttributes: nothing,
} satisfies Readonly<Record<string, Answer>>;

/** A call whose answer is looked at. Each kind of credential names its calls by this: one without a rule does not compile. */
export type AnsweredOperation = keyof typeof answers;

const answerOf: ReadonlyMap<string, Answer> = new Map(Object.entries(answers));
export const answeredOperations: ReadonlySet<string> = new Set(answerOf.keys());

function answerTo(operation: string): Answer {
  const answer = answerOf.get(operation);
  if (answer === undefined) throw new Error(`${operation} has no entry in src/aws/answers.ts`);
  return answer;
}

/**
 * The answer, if it has everything that AWS always sends.
 * @throws AwsError `MalformedResponse`, naming the field; of a call that changes something with its effect unknown.
 */
export function requireWhole<Output>(operation: string, output: Output): Output {
  const { whole, changes } = answerTo(operation);
  const wrong = whole(output);
  if (wrong === null) return output;
  throw malformed(operation, [{ say: 'not-whole' }, wrong], changes === true);
}

/**
 * A field that `requireWhole` has seen to be there, for the types: the SDK calls every field optional.
 * @throws a mistake of ours: no rule above asks for the field.
 */
export function given<Value>(field: Value | undefined): Value {
  if (field === undefined) throw new Error('no rule in src/aws/answers.ts asks for a field that is relied on');
  return field;
}

/**
 * What the text of a successful answer lacks that parsing would hide; null when nothing. The Query protocol names the
 * operation in the answer's outermost element: another page, or another call's answer, is none.
 */
export function wrongInQuery(operation: string, body: string): Saying | null {
  if (rootOf(body) !== `${operation}Response`) return flaw('missing', `${operation}Response`);
  return answerTo(operation).wire?.(body) ?? null;
}

/** Calls without an output answer `{}` or nothing at all. */
export function wrongInJson(operation: string, body: string): Saying | null {
  if (body.trimStart().startsWith('{')) return null;
  return body === '' && answerTo(operation) === nothing ? null : { say: 'no-json' };
}

/** S3 answers a change with nothing, and a policy as it was put. */
export function wrongInS3(operation: string, body: string): Saying | null {
  const answer = answerTo(operation);
  if (answer === nothing) return body.trim() === '' ? null : { say: 'not-empty' };
  return answer.wire?.(body) ?? null;
}

const rootOf = (body: string): string | undefined => /^\s*(?:<\?xml[^>]*\?>\s*)?<([\w.-]+)/u.exec(body)?.[1];
