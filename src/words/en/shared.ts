import type { CredentialKindName, SkipReason } from '../../documents/index.ts';
import { grammar } from './grammar.ts';

const { count } = grammar;

/** What stands in many sentences: kinds of credentials, reasons, counts. */
export const shared = {
  kinds: {
    'access-key': {
      one: 'access key',
      many: 'access keys',
      all: 'access keys',
      title: 'KEYS',
      shortTitle: 'KEYS',
      heading: 'Keys',
      brief: ['key', 'keys'],
      usedBy: { long: 'by an access key', short: 'key' },
    },
    'signing-certificate': {
      one: 'signing certificate',
      many: 'signing certificates',
      all: 'signing certificates',
      title: 'CERTS',
      shortTitle: 'CERTS',
      heading: 'Certificates',
      brief: ['cert', 'certs'],
      usedBy: null,
    },
    'login-profile': {
      one: 'password',
      many: 'passwords',
      all: 'password',
      title: 'PASSWORD',
      shortTitle: 'PASSWORD',
      heading: 'Password',
      brief: ['pw', 'pw'],
      usedBy: { long: 'by password', short: 'login' },
    },
    'mfa-device': {
      one: 'MFA device',
      many: 'MFA devices',
      all: 'MFA devices',
      title: 'MFA',
      shortTitle: 'MFA',
      heading: 'MFA',
      brief: ['MFA', 'MFA'],
      usedBy: null,
    },
  } satisfies Record<CredentialKindName, KindWords> as Readonly<Record<CredentialKindName, KindWords>>,
  /** Why an account was left alone. */
  skipped: {
    'management-account': 'the management account',
    'not-active': 'not active',
    excluded: 'excluded',
    protected: 'protected by the configuration',
    'used-recently': 'its root user was used recently',
    'none-of-these-kinds': 'it has none of the credentials that --only names',
    'changed-since-plan': 'changed since the plan was made',
    'not-tried': 'not started',
  } satisfies Record<SkipReason, string> as Readonly<Record<SkipReason, string>>,
  /** AWS's state of an account: `SUSPENDED`, `PENDING_CLOSURE`. */
  state: (state: string): string => state.toLowerCase().replaceAll('_', ' '),
  /** `1 account`, `2,140 accounts`. */
  accounts: (value: number): string => count(value, { one: 'account', other: 'accounts' }),
  /** `2 access keys`: of a kind, `one` where there is one. */
  credentials: (value: number, { one, many }: KindWords): string => (value === 1 ? one : `${value} ${many}`),
  /** The same where there is little room. */
  brief: (value: number, [one, many]: KindWords['brief']): string => (value === 1 ? one : `${value} ${many}`),
  /** What is between the parts of one enumeration that is no sentence. */
  comma: ', ',
  betweenSentences: ' ',
};

/** What people call a kind of credential. */
export interface KindWords {
  readonly one: string;
  readonly many: string;
  /** The kind as a whole, when it cannot be read. */
  readonly all: string;
  /** Over its column in a terminal, the same where there is little room, and in Markdown. */
  readonly title: string;
  readonly shortTitle: string;
  readonly heading: string;
  /** One and many of them in a list that has little room. */
  readonly brief: readonly [string, string];
  /** `1 hour ago by an access key`, and the same where there is little room; null where AWS records no last use. */
  readonly usedBy: { readonly long: string; readonly short: string } | null;
}

/** What people call a kind that a problem names; one that this version does not know keeps its name. */
export function kindWordsIn(words: Readonly<Record<string, KindWords>>): (kind: string) => KindWords {
  const kinds = new Map(Object.entries(words));
  return (kind) =>
    kinds.get(kind) ?? {
      one: kind,
      many: kind,
      all: kind,
      title: kind,
      shortTitle: kind,
      heading: kind,
      brief: [kind, kind],
      usedBy: null,
    };
}

export const kindWords = kindWordsIn(shared.kinds);
