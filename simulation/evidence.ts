import type { CredentialKindName, JournalLine } from '../src/documents/index.ts';
import type { SandboxRequest, SandboxResponse } from '../src/sandbox/index.ts';
import { accountInKeyId } from '../src/sandbox/keys.ts';
import { holdingKey } from './ledger.ts';

/** One run as its journal tells it, of what is on the disk at this moment. */
export interface JournalOnDisk {
  readonly name: string;
  readonly intents: Set<string>;
  readonly planned: Set<string>;
  readonly sessions: Set<string>;
  /** When its plan was made; null: it has none yet. */
  plannedMs: number | null;
}

/** What passes by: requests against the journal that must announce them, and secrets that must appear nowhere. */
export interface Evidence {
  readonly journals: ReadonlyMap<string, JournalOnDisk>;
  /** Breaches of what must hold at the moment when a request leaves. */
  readonly breaches: readonly string[];
  readonly onRequest: (request: SandboxRequest) => void;
  readonly onAnswer: (request: SandboxRequest, answer: SandboxResponse) => void;
  readonly onDurable: (name: string, text: string) => void;
  readonly begin: () => void;
  /** Whether AWS's last list of a kind, as this process was given it, showed the credential. */
  readonly isShown: (account: string, kind: CredentialKindName, id: string | null) => boolean;
  /** Whether the last listing of the accounts came to its end; `perhaps`: its last page was spoilt. */
  readonly listing: () => 'ended' | 'cut-short' | 'perhaps';
  /** The secret that stands in a text; null when none does. */
  readonly secretIn: (text: string) => string | null;
}

const deletions: Readonly<Record<string, readonly [CredentialKindName, string | null]>> = {
  DeleteAccessKey: ['access-key', 'AccessKeyId'],
  DeleteSigningCertificate: ['signing-certificate', 'CertificateId'],
  DeleteLoginProfile: ['login-profile', null],
  DeactivateMFADevice: ['mfa-device', 'SerialNumber'],
};

/** The access key id that signed a request. */
const keyOf = ({ headers }: SandboxRequest): string =>
  /Credential=(\w+)\//u.exec(headers['authorization'] ?? '')?.[1] ?? '';

const lists: Readonly<Record<string, CredentialKindName>> = {
  ListAccessKeys: 'access-key',
  ListSigningCertificates: 'signing-certificate',
  GetLoginProfile: 'login-profile',
  ListMFADevices: 'mfa-device',
};

/** @param isSpoilt whether a fault spoilt the answer. */
export function createEvidence(callerSecret: string, isSpoilt: (answer: SandboxResponse) => boolean): Evidence {
  const journals = new Map<string, JournalOnDisk>();
  const unfinished = new Map<string, string>();
  const breaches: string[] = [];
  const secrets = new Set([callerSecret]);
  const signatures = new Set<string>();
  const proven = new Map<string, string>();
  /** `account kind` → the last list that was answered, all of its pages. */
  const shown = new Map<string, string>();
  const isShown = (account: string, kind: CredentialKindName, id: string | null): boolean =>
    shown.get(`${account} ${kind}`)?.includes(id === null ? '</LoginProfile>' : `>${id}<`) === true;
  let current: JournalOnDisk | null = null;
  let listing: ReturnType<Evidence['listing']> = 'cut-short';

  const checkDeletion = (operation: string, form: URLSearchParams, key: string): void => {
    const [kind, parameter] = deletions[operation] ?? [];
    if (kind === undefined || parameter === undefined) return;
    const account = accountInKeyId(key) ?? 'nobody';
    const id = parameter === null ? null : form.get(parameter);
    const what = `${account} ${holdingKey({ kind, id })}`;
    const breach = (why: string): void => {
      breaches.push(`${operation} of ${what} was sent ${why}`);
    };
    if (current?.intents.has(what) !== true) breach('before its intent was on the disk (4)');
    if (current?.planned.has(what) !== true) breach('although no plan holds it (2)');
    if (current?.sessions.has(`${account} ${key}`) !== true) breach('in a session that the journal does not name (4)');
    if (proven.get(key) !== account) breach('in a session that had not said whose it is (2)');
    const isSeenGone = shown.has(`${account} login-profile`) && !isShown(account, 'login-profile', null);
    if (kind === 'mfa-device' && !isSeenGone) breach('without the password having been seen gone (3)');
  };

  return {
    journals,
    breaches,
    begin: () => {
      current = null;
      listing = 'cut-short';
      shown.clear();
    },
    onRequest: (request) => {
      const signature = /Signature=([0-9a-f]{64})/u.exec(request.headers['authorization'] ?? '')?.[1];
      if (signature !== undefined) signatures.add(signature);
      const text = Buffer.from(request.body).toString();
      const operation = /(?:^|&)Action=(\w+)/u.exec(text)?.[1] ?? '';
      if (!(operation in deletions)) return;
      checkDeletion(operation, new URLSearchParams(text), keyOf(request));
    },
    onAnswer: (request, answer) => {
      const text = Buffer.from(answer.body).toString();
      if (request.hostname.startsWith('organizations')) {
        if (!request.headers['x-amz-target']?.endsWith('.ListAccounts')) return;
        const isLast = answer.statusCode === 200 && text.startsWith('{"Accounts"') && !text.includes('"NextToken"');
        listing = !isLast ? 'cut-short' : isSpoilt(answer) ? 'perhaps' : 'ended';
        return;
      }
      const asked = Buffer.from(request.body).toString();
      const kind = lists[/Action=(\w+)/u.exec(asked)?.[1] ?? ''];
      const isWhole = /<\/(?:\w+Response)>\s*$/u.test(text) || text.includes('<Code>NoSuchEntity</Code>');
      // A spoilt answer about the password shows neither that it is there nor that it is gone.
      if (kind !== undefined && isWhole && !(kind === 'login-profile' && isSpoilt(answer))) {
        const name = `${accountInKeyId(keyOf(request)) ?? 'nobody'} ${kind}`;
        shown.set(name, asked.includes('Marker=') ? `${shown.get(name)}${text}` : text);
      }
      if (answer.statusCode !== 200) return;
      for (const [, secret] of text.matchAll(/<(?:SecretAccessKey|SessionToken)>([^<]{16,})/gu)) {
        if (secret !== undefined) secrets.add(secret.slice(0, 60));
      }
      const account = /<Arn>arn:aws:iam::(\d{12}):root<\/Arn>/u.exec(text)?.[1];
      if (account !== undefined) proven.set(keyOf(request), account);
    },
    onDurable: (name, text) => {
      if (!name.startsWith('runs/')) return;
      let journal = journals.get(name);
      if (journal === undefined) {
        journal = { name, intents: new Set(), planned: new Set(), sessions: new Set(), plannedMs: null };
        journals.set(name, journal);
      }
      current = journal;
      const lines = ((unfinished.get(name) ?? '') + text).split('\n');
      unfinished.set(name, lines.pop() ?? '');
      for (const line of lines) note(journal, line);
    },
    isShown,
    listing: () => listing,
    secretIn: (text) => {
      for (const secret of secrets) if (text.includes(secret)) return `${secret.slice(0, 6)}…`;
      for (const [hash] of text.matchAll(/\b[0-9a-f]{64}\b/gu)) if (signatures.has(hash)) return `signature ${hash}`;
      return null;
    },
  };
}

function note(journal: JournalOnDisk, text: string): void {
  let line: JournalLine;
  try {
    line = JSON.parse(text);
  } catch {
    return; // cut off by a crash
  }
  switch (line.event) {
    case 'intent':
      journal.intents.add(`${line.account} ${holdingKey(line)}`);
      break;
    case 'session':
      journal.sessions.add(`${line.account} ${line.sessionAccessKeyId}`);
      break;
    case 'plan':
      journal.plannedMs = Date.parse(line.plan.generatedAt);
      // What was left alone when the plan was carried out was not confirmed: a resumed run may not take it up.
      for (const { id, actions } of line.plan.accounts.filter(({ id }) => !line.decided?.some((one) => one.id === id)))
        for (const action of actions) journal.planned.add(`${id} ${holdingKey(action)}`);
      break;
    default:
  }
}
