import {
  type AccountStatus,
  type CredentialKindName,
  credentialKindNames,
  type ErrorEntry,
  type StatusDocument,
} from '../../documents/index.ts';
import { incompleteSentence } from '../completeness.ts';
import { visible } from '../text.ts';
import type { View } from '../view.ts';
import { errorPhrase, kindWords, plural } from '../words.ts';
import { cannotRender, type Format } from './format.ts';
import { printable } from './json.ts';

/**
 * SARIF 2.1.0 for code scanning: a result for each kind of credential that an account holds, a rule a kind; an account
 * that could not be read is a `note`, and a notification of the invocation, which did then not wholly succeed.
 */
export const sarif: Format = {
  kinds: ['rootctl.status'],
  render: (document, view) => {
    if (document.kind !== 'rootctl.status') return cannotRender('sarif', document);
    return sarifLog(runOf(document, view));
  },
};

/**
 * A run that failed before it had a result. Whatever uploads the file to code scanning needs one, and must not fail a second
 * time for want of it (GitHub refuses a run without `results`).
 */
export function sarifFailure(
  error: ErrorEntry,
  { rootctlVersion, simulated }: { readonly rootctlVersion: string; readonly simulated: boolean },
): string {
  const hint = error.hint === null ? '' : ` (${error.hint})`;
  const invocation = {
    executionSuccessful: false,
    toolExecutionNotifications: [notification('error', error.code, sarifText(`${errorPhrase(error)}${hint}`))],
  };
  const run = {
    tool: { driver: driverOf(rootctlVersion) },
    invocations: [invocation],
    ...(simulated ? { properties: { simulated } } : {}),
    results: [],
  };
  return sarifLog(run);
}

const sarifLog = (run: object): string =>
  `${printable(JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2))}\n`;

const driverOf = (version: string): object => ({
  name: 'rootctl',
  version,
  rules: Object.entries(rules).map(([name, { title, level, severity }]) => ({
    id: ruleId(name),
    shortDescription: { text: title },
    help: { text: 'Member accounts need no root credentials: rootctl delete removes them.' },
    defaultConfiguration: { level },
    properties: { 'security-severity': severity, tags: ['security', 'aws', 'root-user'] },
  })),
});

type RuleName = CredentialKindName | 'credentials' | 'unknown';

/** `severity` is GitHub's `security-severity`: above 9 critical, above 7 high, above 4 medium. */
const rules = {
  'access-key': { title: 'Root access key', level: 'error', severity: '9.5' },
  'signing-certificate': { title: 'Root signing certificate', level: 'error', severity: '8.0' },
  'login-profile': { title: 'Root password', level: 'error', severity: '8.0' },
  'mfa-device': { title: 'Root MFA device', level: 'note', severity: '1.0' },
  credentials: { title: 'Root credentials whose details could not be read', level: 'error', severity: '8.0' },
  unknown: { title: 'Root credentials could not be read', level: 'note', severity: '4.0' },
} satisfies Record<RuleName, { title: string; level: 'error' | 'note'; severity: string }>;

const ruleId = (name: string): string => `root-${name}`;

function runOf(document: StatusDocument, view: View): object {
  const unknown = document.accounts.filter(({ status }) => status === 'unknown');
  const incomplete = incompleteSentence(document, view);
  return {
    tool: { driver: driverOf(document.rootctlVersion) },
    invocations: [
      {
        executionSuccessful: unknown.length === 0 && incomplete === null,
        endTimeUtc: document.generatedAt,
        toolExecutionNotifications: [
          ...(incomplete === null ? [] : [notification('error', 'incomplete', incomplete)]),
          ...unknown.map((account) => notification('note', ruleId('unknown'), message(account, 'unknown'))),
        ],
      },
    ],
    properties: { organization: document.organization.id, ...(document.simulated ? { simulated: true } : {}) },
    results: document.accounts.flatMap((account) => results(account, document)),
  };
}

const notification = (level: 'note' | 'error', id: string, text: string): object => ({
  level,
  descriptor: { id },
  message: { text },
});

function results(account: AccountStatus, document: StatusDocument): readonly object[] {
  return rulesOf(account).map((name) => ({
    ruleId: ruleId(name),
    level: rules[name].level,
    message: { text: message(account, name) },
    locations: [
      {
        physicalLocation: {
          // Code scanning wants a file; the account's place in the organization stands for it.
          artifactLocation: { uri: `aws-organization/${document.organization.id}/${account.id}` },
          region: { startLine: 1 },
        },
        logicalLocations: [{ name: account.id, fullyQualifiedName: account.path ?? account.id, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'rootctlAccountRule/v1': `${account.id}/${ruleId(name)}` },
  }));
}

function rulesOf(account: AccountStatus): readonly RuleName[] {
  if (account.status === 'unknown') return ['unknown'];
  if (account.status !== 'present') return [];
  const kinds = credentialKindNames.filter((kind) => countOf(account, kind) > 0);
  return kinds.length > 0 ? kinds : ['credentials'];
}

function countOf({ credentials }: AccountStatus, kind: CredentialKindName): number {
  switch (kind) {
    case 'access-key':
      return credentials?.accessKeys?.length ?? 0;
    case 'signing-certificate':
      return credentials?.signingCertificates?.length ?? 0;
    case 'login-profile':
      return credentials?.loginProfile?.present ? 1 : 0;
    case 'mfa-device':
      return credentials?.mfaDevices?.length ?? 0;
  }
}

function message(account: AccountStatus, name: RuleName): string {
  const who = `${account.name} (${account.id})`;
  const why = account.error ? `: ${errorPhrase(account.error)}` : '';
  if (name === 'unknown') return sarifText(`The root credentials of ${who} could not be read${why}`);
  if (name === 'credentials') return sarifText(`${who} holds root credentials, details could not be read${why}`);
  const { one, many } = kindWords[name];
  return sarifText(`${who} holds ${plural(countOf(account, name), `root ${one}`, `root ${many}`)}`);
}

/** In SARIF's messages `[text](target)` is a link (SARIF 2.1.0, 3.11.6) and a brace opens a placeholder (3.11.5). */
const sarifText = (text: string): string =>
  visible(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replaceAll('{', '{{')
    .replaceAll('}', '}}');
