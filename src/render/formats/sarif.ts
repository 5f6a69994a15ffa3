import { controlsOf } from '../../controls/index.ts';
import type {
  AccountStatus,
  ChangedCredential,
  ControlSubject,
  CredentialKindName,
  KindDescription,
  StatusChange,
  StatusDocument,
} from '../../documents/index.ts';
import type { Problem } from '../../problems/index.ts';
import { type Speech, sarif as words } from '../../words/index.ts';
import { incompleteSentence } from '../completeness.ts';
import { sarifLimits, withinLimits } from '../sarif-limits.ts';
import { visible } from '../text.ts';
import { kindsOf, type View } from '../view.ts';
import { wordsFor } from '../words.ts';
import { cannotRender, type Format, type OutputDocument, toldIn } from './format.ts';
import { printable } from './json.ts';

/**
 * SARIF 2.1.0 for code scanning: a result for each kind of credential that an account holds, a rule a kind; an account
 * that could not be read is a `note`, and a notification of the invocation, which did then not wholly succeed. Compared
 * with a baseline every result has its `baselineState`; the absent ones are `properties.absent` of the run.
 */
export const sarif: Format = {
  kinds: ['rootctl.status'],
  endings: ['.sarif', '.sarif.json'],
  ...toldIn(textsOf),
};

function textsOf(document: OutputDocument, view: View): Iterable<string> {
  if (document.kind !== 'rootctl.status') return cannotRender('sarif', document);
  const frame = frameOf(document, view);
  const { kept, leftOut } = withinLimits(allResults(document, frame));
  return logTexts(
    runOf(document, { kept: kept.length, leftOut }, frame),
    mapped(kept, (result) => resultOf(result, result.account, frame, result.state)),
  );
}

/** One after the other, as they are asked for. */
function* mapped<From, To>(items: Iterable<From>, to: (item: From) => To): Generator<To> {
  for (const item of items) yield to(item);
}

/**
 * A run that failed before it had a result. Whatever uploads the file to code scanning needs one, and must not fail a second
 * time for want of it (GitHub refuses a run without `results`).
 */
export function sarifFailure(
  error: Problem,
  { rootctlVersion, simulated }: { readonly rootctlVersion: string; readonly simulated: boolean },
  english: Speech,
): string {
  const cure = english.entryOf(error).hint;
  const hint = cure === null ? '' : ` (${cure})`;
  const invocation = {
    executionSuccessful: false,
    toolExecutionNotifications: [notification('error', error.code, sarifText(`${english.phraseOf(error)}${hint}`))],
  };
  const run = {
    tool: { driver: driverOf(rootctlVersion, { speech: english }) },
    invocations: [invocation],
    ...(simulated ? { properties: { simulated } } : {}),
  };
  return [...logTexts(run, [])].join('');
}

/** A log of one run, whose results come last, result by result: of many they are longer than all that is known of them. */
function* logTexts(run: object, results: Iterable<object>): Generator<string> {
  const runs = [{ ...run, results: [] }];
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs };
  const [before = '', after = ''] = printable(JSON.stringify(log, null, 2)).split('\n      "results": []');
  yield `${before}\n      "results": [`;
  let separator = '\n';
  for (const result of results) {
    yield `${separator}${printable(JSON.stringify(result, null, 2)).replace(/^/gmu, '        ')}`;
    separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n      '}]${after}\n`;
}

const driverOf = (version: string, view: KindsView): object => ({
  name: 'rootctl',
  version,
  rules: rulesOf(view).map(({ name, title, level, severity }) => ({
    id: ruleId(name),
    shortDescription: { text: title },
    ...helpOf(name),
    defaultConfiguration: { level },
    properties: {
      precision: 'very-high',
      'security-severity': severity,
      tags: ['security', 'aws', ...controlsFor(name)],
    },
  })),
});

function helpOf(name: RuleName): object {
  const { why: reason, cure, command, page } = words.helpOf(name);
  return {
    fullDescription: { text: reason },
    helpUri: page,
    help: {
      text: `${reason} ${cure} ${command}`,
      markdown: `${reason}\n\n${cure}\n\n\`\`\`\n${command}\n\`\`\`\n\n[AWS](${page})`,
    },
  };
}

/**
 * The controls that a finding of this rule fails, by their keys: those that ask that the kind is not there. A password
 * or an MFA device fails none by itself.
 */
const askedOf: Readonly<Record<CredentialKindName, ControlSubject | null>> = {
  'access-key': 'access-keys',
  'signing-certificate': 'signing-certificates',
  'login-profile': null,
  'mfa-device': null,
};

function controlsFor(name: RuleName): readonly string[] {
  const subject = name === 'credentials' || name === 'unknown' ? null : askedOf[name];
  return subject === null ? [] : controlsOf([]).flatMap((control) => (control.subject === subject ? control.key : []));
}

type KindsView = Pick<View, 'kinds' | 'speech'>;

type RuleName = CredentialKindName | 'credentials' | 'unknown';

type Rule = Pick<KindDescription['risk'], 'severity'> & {
  readonly level: 'error' | 'warning' | 'note';
  readonly name: RuleName;
  readonly title: string;
  /** What one of its credentials is called, and several. */
  readonly one: string;
  readonly many: string;
};

/** A present account of which no kind could be listed, and one that could not be read at all. */
const withoutDetails: Rule = {
  name: 'credentials',
  title: words.withoutDetails,
  level: 'error',
  severity: '8.0',
  one: '',
  many: '',
};
const unread: Rule = {
  name: 'unknown',
  title: words.unread,
  level: 'warning',
  severity: '4.0',
  one: '',
  many: '',
};

function ruleOf({ name, risk }: KindDescription, view: KindsView): Rule {
  const { one, many } = wordsFor(name, view);
  return { name, title: words.rule(one), ...risk, one, many };
}

const rulesOf = (view: KindsView): readonly Rule[] => [
  ...Object.values(kindsOf(view)).map((kind) => ruleOf(kind, view)),
  withoutDetails,
  unread,
];

const ruleId = (name: string): string => `root-${name}`;

interface Counted {
  readonly kept: number;
  readonly leftOut: readonly WeighedResult[];
}

/** All of the run but its results. */
function runOf(document: StatusDocument, { kept, leftOut }: Counted, frame: Frame): object {
  const { view } = frame;
  const unknown = document.accounts.filter(({ status }) => status === 'unknown');
  const incomplete = incompleteSentence(document, view);
  return {
    tool: { driver: driverOf(document.rootctlVersion, view) },
    invocations: [
      {
        executionSuccessful: unknown.length === 0 && incomplete === null,
        endTimeUtc: document.generatedAt,
        toolExecutionNotifications: [
          ...(incomplete === null ? [] : [notification('error', 'incomplete', incomplete)]),
          ...limitNotifications(kept, kept + leftOut.length),
          ...unknown.map((account) => notification('warning', ruleId(unread.name), notRead(account, unread, 0, view))),
        ],
      },
    ],
    properties: {
      organization: document.organization.id,
      ...(document.simulated ? { simulated: true } : {}),
      ...(document.changes === null ? {} : { absent: absentResults(document.changes, document, frame) }),
      ...(leftOut.length === 0 ? {} : { leftOut: countsByRule(leftOut) }),
    },
  };
}

/** Nothing is lost without a word. */
function limitNotifications(written: number, all: number): readonly object[] {
  if (written < all) return [notification('warning', 'results-left-out', words.cutOff(written, all))];
  const { shown } = sarifLimits;
  return all > shown ? [notification('note', 'results-shown-in-part', words.shownInPart(shown, all))] : [];
}

function countsByRule(results: readonly WeighedResult[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { rule } of results) counts.set(ruleId(rule.name), (counts.get(ruleId(rule.name)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** What a result is made of, when it is written. */
interface WeighedResult extends Finding {
  readonly severity: number;
  readonly account: AccountStatus;
  readonly state: BaselineState | undefined;
}

const notification = (level: 'note' | 'warning' | 'error', id: string, text: string): object => ({
  level,
  descriptor: { id },
  message: { text },
});

function allResults({ accounts, changes }: StatusDocument, frame: Frame): readonly WeighedResult[] {
  const changeOf = new Map(changes?.map((change) => [change.id, change]));
  const results: WeighedResult[] = [];
  for (const account of accounts) {
    const add = ({ rule, count, say }: Finding, state?: BaselineState): void => {
      results.push({ severity: Number(rule.severity), rule, count, say, account, state });
    };
    const found = findings(account, frame);
    if (changes === null) {
      for (const finding of found) add(finding);
      continue;
    }
    const change = changeOf.get(account.id);
    for (const finding of found) add(finding, baselineStateOf(finding.rule, account, change, frame.view));
    // What cannot be read now is not gone: code scanning would close what it is not told of again.
    for (const finding of byKind(change?.lastSeen ?? [], lastSeen, frame)) add(finding, 'unchanged');
  }
  return results;
}

type BaselineState = 'new' | 'unchanged' | 'updated' | 'absent';

/** What the results of one run refer to. */
interface Frame {
  readonly organization: string;
  readonly view: View;
  /** In the order of the run. */
  readonly rules: readonly Rule[];
}

/** Code scanning compares what it is told with what it was told before: SARIF is in one language. */
function frameOf({ organization }: StatusDocument, view: View): Frame {
  const inEnglish = { ...view, speech: view.english };
  return { organization: organization.id, view: inEnglish, rules: rulesOf(inEnglish) };
}

/** One result of a run: the account's place, and what it is known again by. */
function resultOf(
  { rule, count, say }: Finding,
  about: Named & Pick<AccountStatus, 'path'>,
  { organization, rules, view }: Frame,
  baselineState?: BaselineState,
): object {
  const { name, level } = rule;
  const { id, path } = about;
  return {
    ruleId: ruleId(name),
    ruleIndex: rules.indexOf(rule),
    level,
    ...(baselineState === undefined ? {} : { baselineState }),
    message: { text: say(about, rule, count, view) },
    locations: [
      {
        physicalLocation: {
          // Code scanning wants a file and a place in it; the account's place in the organization stands for them.
          artifactLocation: { uri: `aws-organization/${organization}/${id}` },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        },
        logicalLocations: [{ name: id, fullyQualifiedName: path ?? id, kind: 'resource' }],
      },
    ],
    partialFingerprints: {
      // The one that GitHub looks at; it would make another of the file's line, and there is no such file.
      primaryLocationLineHash: `${id}/${ruleId(name)}:1`,
      'rootctlAccountRule/v1': `${id}/${ruleId(name)}`,
    },
  };
}

/**
 * SARIF 2.1.0, 3.27.24: a result is told from another by its account and its rule, so that of a kind of which the account
 * held others then is `updated`. `unchanged` is also what could not be read then either.
 */
function baselineStateOf(
  { name }: Rule,
  account: AccountStatus,
  change: StatusChange | undefined,
  view: View,
): BaselineState {
  if (change === undefined) return 'unchanged';
  if (name === 'unknown') return change.before === 'unknown' ? 'unchanged' : 'new';
  // Whatever changed, one of another rule stood in its place, or none.
  if (name === 'credentials') return 'new';
  const of = (credentials: readonly ChangedCredential[]): number =>
    credentials.filter(({ kind }) => kind === name).length;
  const held = kindsOf(view)[name].list(account.credentials)?.length ?? 0;
  const [came, went] = [of(change.added) + of(change.firstSeen), of(change.removed)];
  if (held - came + went === 0) return 'new';
  return came + went > 0 ? 'updated' : 'unchanged';
}

/**
 * Results of the baseline that went, or whose account left. They stand beside the results and not among them: code
 * scanning takes every result for an open alert, and `baselineState` is none of the properties that it looks at (GitHub
 * Docs, "SARIF support for code scanning", supported properties).
 */
function absentResults(changes: readonly StatusChange[], document: StatusDocument, frame: Frame): readonly object[] {
  const accounts = new Map(document.accounts.map((account) => [account.id, account]));
  return changes.flatMap((change) => {
    const account = accounts.get(change.id);
    const about = { id: change.id, name: change.name, path: account?.path ?? null };
    return wentOf(change, account, frame).map((finding) => resultOf(finding, about, frame, 'absent'));
  });
}

function wentOf(change: StatusChange, account: AccountStatus | undefined, frame: Frame): readonly Finding[] {
  if (change.change === 'left') return byKind(change.lastSeen, left, frame);
  const holdsNone = ({ kind }: ChangedCredential): boolean =>
    kindsOf(frame.view)[kind].list(account?.credentials ?? null)?.length === 0;
  const gone = byKind(change.removed.filter(holdsNone), removed, frame);
  if (change.change !== 'gone' || gone.length > 0) return gone;
  return [{ rule: withoutDetails, count: 0, say: (about) => sarifText(words.removedUnread(who(about))) }];
}

/** A finding for each kind that some of the credentials are of. */
const byKind = (credentials: readonly ChangedCredential[], say: Finding['say'], { rules }: Frame): readonly Finding[] =>
  rules.flatMap((rule) => {
    const count = credentials.filter(({ kind }) => kind === rule.name).length;
    return count === 0 ? [] : [{ rule, count, say }];
  });

/** Without its text, which is longer than all else that is known of it: it is said when it is written. */
interface Finding {
  readonly rule: Rule;
  readonly count: number;
  readonly say: (about: Named & Partial<AccountStatus>, rule: Rule, count: number, view: View) => string;
}

type Named = Pick<AccountStatus, 'id' | 'name'>;

const saying =
  (sentence: typeof words.holds): Finding['say'] =>
  (about, { one, many }, count) =>
    sarifText(sentence(who(about), count, one, many));
const holds = saying(words.holds);
const lastSeen = saying(words.lastSeen);
const removed = saying(words.removed);
const left = saying(words.left);
const holdsUnread: Finding['say'] = (about, _rule, _count, { english }) =>
  sarifText(words.holdsUnread(who(about), why(about, english)));
const notRead: Finding['say'] = (about, _rule, _count, { english }) =>
  sarifText(words.notRead(who(about), why(about, english)));

function findings({ status, credentials }: AccountStatus, { rules, view }: Frame): readonly Finding[] {
  if (status === 'unknown') return [{ rule: unread, count: 0, say: notRead }];
  if (status !== 'present') return [];
  const held = rules.flatMap((rule) => {
    const count = countOf(rule, credentials, view);
    return count === 0 ? [] : [{ rule, count, say: holds }];
  });
  return held.length > 0 ? held : [{ rule: withoutDetails, count: 0, say: holdsUnread }];
}

const countOf = ({ name }: Rule, credentials: AccountStatus['credentials'], view: View): number =>
  name === 'credentials' || name === 'unknown' ? 0 : (kindsOf(view)[name].list(credentials)?.length ?? 0);

const who = ({ name, id }: Named): string => `${name} (${id})`;
const why = ({ error }: Partial<AccountStatus>, english: Speech): string =>
  error ? `: ${english.phraseOf(error)}` : '';

/** In SARIF's messages `[text](target)` is a link (SARIF 2.1.0, 3.11.6) and a brace opens a placeholder (3.11.5). */
const sarifText = (text: string): string =>
  visible(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replaceAll('{', '{{')
    .replaceAll('}', '}}');
