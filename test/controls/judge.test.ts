import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlsOf, verdictsOf } from '../../src/controls/index.ts';
import type { AccountStatus, StatusDocument, Verdict, VerdictName } from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';
import { account, accounts, statusOf } from '../render/story.ts';
import { holds } from '../support/properties.ts';

/**
 * What the controls say of an account, by what its root user holds: written out by hand.
 *   password  p there, - none, ? could not be read
 *   keys      A an active one, I inactive ones only
 *   MFA       V virtual, H hardware, F FIDO, M virtual and hardware
 *   verdicts  P passed, F failed, U unknown, N not applicable
 * Older CIS benchmarks and AWS Config ask for MFA unless there is neither a password nor a key; Security Hub passes such an
 * account; CIS 7.0.0 asks for none where there is no password.
 */
const table = `
  p k m | key | CIS 7.0.0: MFA, hardware | older CIS, AWS Config | Security Hub
  p - - | P | F F | F F | F F
  p - V | P | P F | P F | P F
  p - H | P | P P | P P | P P
  p - F | P | P P | P P | P P
  p - M | P | P F | P F | P F
  p - ? | P | U U | U U | U U
  p A - | F | F F | F F | F F
  p A V | F | P F | P F | P F
  p A H | F | P P | P P | P P
  p A F | F | P P | P P | P P
  p A M | F | P F | P F | P F
  p A ? | F | U U | U U | U U
  p I - | F | F F | F F | F F
  p I V | F | P F | P F | P F
  p I H | F | P P | P P | P P
  p I F | F | P P | P P | P P
  p I M | F | P F | P F | P F
  p I ? | F | U U | U U | U U
  p ? - | U | F F | F F | F F
  p ? V | U | P F | P F | P F
  p ? H | U | P P | P P | P P
  p ? F | U | P P | P P | P P
  p ? M | U | P F | P F | P F
  p ? ? | U | U U | U U | U U
  - - - | P | P P | N N | P P
  - - V | P | P P | N N | P P
  - - H | P | P P | N N | P P
  - - F | P | P P | N N | P P
  - - M | P | P P | N N | P P
  - - ? | U | U U | U U | U U
  - A - | F | P P | F F | F F
  - A V | F | P P | P F | P F
  - A H | F | P P | P P | P P
  - A F | F | P P | P P | P P
  - A M | F | P P | P F | P F
  - A ? | F | P P | U U | U U
  - I - | F | P P | F F | F F
  - I V | F | P P | P F | P F
  - I H | F | P P | P P | P P
  - I F | F | P P | P P | P P
  - I M | F | P P | P F | P F
  - I ? | F | P P | U U | U U
  - ? - | U | U U | U U | U U
  - ? V | U | P P | U U | P U
  - ? H | U | P P | U U | P P
  - ? F | U | P P | U U | P P
  - ? M | U | P P | U U | P U
  - ? ? | U | U U | U U | U U
  ? - - | U | U U | U U | U U
  ? - V | P | P U | U U | P U
  ? - H | P | P P | U U | P P
  ? - F | P | P P | U U | P P
  ? - M | P | P U | U U | P U
  ? - ? | U | U U | U U | U U
  ? A - | F | U U | F F | F F
  ? A V | F | P U | P F | P F
  ? A H | F | P P | P P | P P
  ? A F | F | P P | P P | P P
  ? A M | F | P U | P F | P F
  ? A ? | F | U U | U U | U U
  ? I - | F | U U | F F | F F
  ? I V | F | P U | P F | P F
  ? I H | F | P P | P P | P P
  ? I F | F | P P | P P | P P
  ? I M | F | P U | P F | P F
  ? I ? | F | U U | U U | U U
  ? ? - | U | U U | U U | U U
  ? ? V | U | P U | U U | P U
  ? ? H | U | P P | U U | P P
  ? ? F | U | P P | U U | P P
  ? ? M | U | P U | U U | P U
  ? ? ? | U | U U | U U | U U
`;

/** The same where there is a signing certificate, or it is not known: no control reads it, but the account is another. */
const withCertificate = `
  - - - | P | P P | N N | P P
  - - ? | P | P P | N N | P P
  - ? - | U | P P | U U | U U
  - ? ? | U | P P | U U | U U
  ? - - | P | U U | U U | U U
  ? - ? | P | U U | U U | U U
  ? ? - | U | U U | U U | U U
  ? ? ? | U | U U | U U | U U
`;
/** Nothing was found, and not everything could be read: such an account passes nothing. */
const withUnreadCertificates = `
  - - - | U | U U | U U | U U
  - - ? | U | U U | U U | U U
  - ? - | U | U U | U U | U U
  - ? ? | U | U U | U U | U U
  ? - - | U | U U | U U | U U
  ? - ? | U | U U | U U | U U
  ? ? - | U | U U | U U | U U
  ? ? ? | U | U U | U U | U U
`;

const columns = [
  // no access key
  [
    'cis-7.0.0/2.4',
    'cis-6.0.0/2.3',
    'cis-5.0.0/1.3',
    'cis-3.0.0/1.4',
    'cis-1.4.0/1.4',
    'cis-1.2/1.12',
    'security-hub/IAM.4',
    'aws-config/iam-root-access-key-check',
  ],
  ['cis-7.0.0/2.5'],
  ['cis-7.0.0/2.6'],
  [
    'cis-6.0.0/2.4',
    'cis-5.0.0/1.4',
    'cis-3.0.0/1.5',
    'cis-1.4.0/1.5',
    'cis-1.2/1.13',
    'aws-config/root-account-mfa-enabled',
  ],
  [
    'cis-6.0.0/2.5',
    'cis-5.0.0/1.5',
    'cis-3.0.0/1.6',
    'cis-1.4.0/1.6',
    'cis-1.2/1.14',
    'aws-config/root-account-hardware-mfa-enabled',
  ],
  ['security-hub/IAM.9'],
  ['security-hub/IAM.6'],
];
const neverRead = [
  'cis-7.0.0/2.7',
  'cis-7.0.0/5.3',
  'cis-6.0.0/2.6',
  'cis-6.0.0/5.3',
  'cis-5.0.0/1.6',
  'cis-5.0.0/4.3',
  'cis-3.0.0/1.7',
  'cis-3.0.0/4.3',
  'cis-1.4.0/1.7',
  'cis-1.4.0/4.3',
  'cis-1.2/1.1',
  'cis-1.2/3.3',
  'security-hub/CloudWatch.1',
];

type Sign = 'p' | '-' | '?' | 'A' | 'I' | 'V' | 'H' | 'F' | 'M';
type Credentials = NonNullable<AccountStatus['credentials']>;

const keys = (...states: ('Active' | 'Inactive')[]): Credentials['accessKeys'] =>
  states.map((status, index) => ({
    id: `AKIAEXAMPLEEXAMPLE0${index}`,
    status,
    createdAt: null,
    lastUsedAt: null,
    lastUsedService: null,
    lastUsedRegion: null,
  }));
const devices = (...types: ('virtual' | 'fido' | 'hardware')[]): Credentials['mfaDevices'] =>
  types.map((type, index) => ({
    serialNumber: `arn:aws:iam::222222222222:mfa/${type}-${index}`,
    type,
    enabledAt: null,
  }));
const passwords: Readonly<Record<string, Credentials['loginProfile']>> = {
  p: { present: true, createdAt: null, lastUsedAt: null },
  '-': { present: false, createdAt: null, lastUsedAt: null },
  '?': null,
};
const keyLists: Readonly<Record<string, Credentials['accessKeys']>> = {
  '-': [],
  A: keys('Inactive', 'Active'),
  I: keys('Inactive'),
  '?': null,
};
const deviceLists: Readonly<Record<string, Credentials['mfaDevices']>> = {
  '-': [],
  V: devices('virtual'),
  H: devices('hardware'),
  F: devices('fido'),
  M: devices('hardware', 'virtual'),
  '?': null,
};
const certificateLists: Readonly<Record<string, Credentials['signingCertificates']>> = {
  none: [],
  some: [{ id: 'UJXLEEXAMPLEEXAMPLEEXAMPLEEXAYPP', status: 'Active', uploadedAt: null }],
  unread: null,
};

/** An account that holds this, with the status that the contract gives it. */
function holding(password: string, held: string, mfa: string, certificates: string): AccountStatus {
  const credentials: Credentials = {
    loginProfile: passwords[password] ?? null,
    accessKeys: keyLists[held] ?? null,
    mfaDevices: deviceLists[mfa] ?? null,
    signingCertificates: certificateLists[certificates] ?? null,
  };
  const { loginProfile, ...lists } = credentials;
  const isAnyThere = loginProfile?.present === true || Object.values(lists).some((list) => (list ?? []).length > 0);
  const isAnyUnread = Object.values(credentials).includes(null);
  const status = isAnyThere ? 'present' : isAnyUnread ? 'unknown' : 'absent';
  return account('222222222222', 'one', { status, credentials });
}

const words: Readonly<Record<string, VerdictName>> = { P: 'passed', F: 'failed', U: 'unknown', N: 'not-applicable' };

function rowsOf(text: string): readonly (readonly [string, readonly Sign[], readonly VerdictName[]])[] {
  const lines = text.split('\n').filter((line) => /^ {2}[p?-] [AI?-] [VHFM?-] \|/u.test(line));
  return lines.map((line) => {
    const [signs = '', ...verdicts] = line.trim().split(' | ');
    const letters = verdicts.join(' ').split(' ');
    return [signs, signs.split(' ') as Sign[], letters.map((letter) => words[letter] ?? 'not-assessed')];
  });
}

const judged = (document: StatusDocument): readonly Verdict[] => [...verdictsOf(document, controlsOf([]))];

const verdictsFor = (one: AccountStatus): ReadonlyMap<string, VerdictName> =>
  new Map(
    judged(statusOf([one], { managementAccount: null }))
      .filter(({ account: id }) => id === one.id)
      .map(({ control, verdict }) => [control, verdict]),
  );

function expected(verdicts: readonly VerdictName[], certificates: VerdictName): ReadonlyMap<string, VerdictName> {
  return new Map([
    ...columns.flatMap((controls, index) =>
      controls.map((control) => [control, verdicts[index] ?? 'not-assessed'] as const),
    ),
    ...neverRead.map((control) => [control, 'not-assessed'] as const),
    ['rootctl/signing-certificates', certificates] as const,
  ]);
}

const sorted = (verdicts: ReadonlyMap<string, VerdictName>) => [...verdicts].sort();

describe('the verdicts on an account', () => {
  it('are written out for every combination', () => {
    expect(rowsOf(table)).toHaveLength(3 * 4 * 6);
    expect(new Set(rowsOf(table).map(([signs]) => signs)).size).toBe(72);
  });

  it.each(rowsOf(table))('of which %s', (_, [password = '', held = '', mfa = ''], verdicts) => {
    const one = holding(password, held, mfa, 'none');
    const certificates = one.status === 'unknown' ? 'unknown' : 'passed';
    expect(sorted(verdictsFor(one))).toEqual(sorted(expected(verdicts, certificates)));
  });

  const others = new Set(rowsOf(withCertificate).map(([signs]) => signs));
  const held = rowsOf(table).filter(([signs]) => !others.has(signs));
  it.each([...held, ...rowsOf(withCertificate)])('of which %s, and a signing certificate', (_, signs, verdicts) => {
    const [password = '', keyed = '', mfa = ''] = signs;
    const one = holding(password, keyed, mfa, 'some');
    expect(sorted(verdictsFor(one))).toEqual(sorted(expected(verdicts, 'failed')));
  });

  it.each([...held, ...rowsOf(withUnreadCertificates)])(
    'of which %s, and its signing certificates could not be read',
    (_, [password = '', keyed = '', mfa = ''], verdicts) => {
      const one = holding(password, keyed, mfa, 'unread');
      expect(sorted(verdictsFor(one))).toEqual(sorted(expected(verdicts, 'unknown')));
    },
  );

  it('say of an inactive key that it is one', () => {
    const reasons = judged(statusOf([holding('-', 'I', '-', 'none')]))
      .filter(({ control, account: id }) => control === 'cis-7.0.0/2.4' && id === '222222222222')
      .map(({ reasonCode, evidence }) => [reasonCode, evidence]);
    expect(reasons).toEqual([
      ['inactive-access-key', { accessKeys: [{ id: 'AKIAEXAMPLEEXAMPLE00', status: 'Inactive' }] }],
    ]);
  });

  it('show the last use beside what rootctl does not read', () => {
    const lastUsedAt = '2026-01-31T08:25:00.000Z';
    const one = { ...holding('p', 'A', 'V', 'none'), lastUsedAt };
    const use = judged(statusOf([one])).filter(
      ({ control, account: id }) => neverRead.includes(control) && id === one.id,
    );
    expect(use).toHaveLength(neverRead.length);
    for (const { evidence, reasonCode } of use) {
      expect(evidence).toEqual({ lastUsedAt });
      expect(reasonCode).toBe('not-read-by-rootctl');
    }
  });
});

describe('an account that was not read', () => {
  const unread = { credentials: null, error: null, reason: null } as const;
  it.each<[string, Partial<AccountStatus>, string]>([
    ['could not be read', { status: 'unknown', error: told('AccessDenied', 'no', null) }, 'account-unread'],
    [
      'has no kind that could be read',
      {
        status: 'unknown',
        credentials: { loginProfile: null, accessKeys: null, mfaDevices: null, signingCertificates: null },
      },
      'account-unread',
    ],
    ['holds credentials whose kinds are not known', { status: 'present' }, 'account-unread'],
    ['says it holds none, and not what was read', { status: 'absent' }, 'account-unread'],
    ['is suspended', { status: 'skipped', reason: 'not-active' }, 'account-not-active'],
    ['was excluded', { status: 'skipped', reason: 'excluded' }, 'account-excluded'],
    ['is protected', { status: 'skipped', reason: 'protected' }, 'account-excluded'],
    ['was not tried', { status: 'skipped', reason: 'not-tried' }, 'account-not-tried'],
    [
      'is the management account, seen from elsewhere',
      { status: 'skipped', reason: 'management-account' },
      'management-account-unread',
    ],
  ])('because it %s, is unknown to every control that rootctl reads', (_, more, reason) => {
    const all = judged(statusOf([account('222222222222', 'one', { ...unread, ...more })], { managementAccount: null }));
    for (const { account: id, control, verdict, reasonCode } of all.filter((one) => one.account !== null)) {
      expect(id).toBe('222222222222');
      expect([verdict, reasonCode], control).toEqual(
        neverRead.includes(control) ? ['not-assessed', 'not-read-by-rootctl'] : ['unknown', reason],
      );
    }
  });
});

describe('the management account', () => {
  const entry = {
    id: '111111111111',
    accessKeysPresent: false,
    mfaEnabled: true,
    passwordPresent: true,
    signingCertificatesPresent: false,
  };
  const of = (more: Partial<typeof entry>, all: readonly AccountStatus[] = []) =>
    new Map(
      judged(statusOf(all, { managementAccount: { ...entry, ...more } }))
        .filter(({ account: id }) => id === entry.id)
        .map(({ control, verdict }) => [control, verdict]),
    );
  const asked = [
    'cis-7.0.0/2.4',
    'cis-7.0.0/2.5',
    'cis-7.0.0/2.6',
    'cis-5.0.0/1.4',
    'cis-5.0.0/1.5',
    'security-hub/IAM.9',
    'security-hub/IAM.6',
    'rootctl/signing-certificates',
  ];

  // AWS does not tell of which kind its MFA is; of its signing certificates nothing is assessed.
  it.each<[string, Partial<typeof entry>, string]>([
    ['a password with MFA', {}, 'P P U P U P U -'],
    ['a password without MFA', { mfaEnabled: false }, 'P F F F F F F -'],
    ['a key and a password with MFA', { accessKeysPresent: true }, 'F P U P U P U -'],
    ['a key alone', { accessKeysPresent: true, passwordPresent: false, mfaEnabled: false }, 'F P P F F F F -'],
    ['nothing', { passwordPresent: false, mfaEnabled: false }, 'P P P N N P P -'],
    ['a signing certificate', { signingCertificatesPresent: true }, 'P P U P U P U -'],
  ])('with %s is assessed from its own summary', (_, more, verdicts) => {
    const expectedWords = verdicts.split(' ').map((letter) => words[letter] ?? 'not-assessed');
    expect(asked.map((control) => of(more).get(control))).toEqual(expectedWords);
  });

  it('is judged once, in its place, whether the reading lists it or not', () => {
    const ids = (all: readonly AccountStatus[]) => [
      ...new Set(judged(statusOf(all, { managementAccount: entry })).map(({ account: id }) => id)),
    ];
    const [listed, ...members] = accounts;
    expect(listed?.id).toBe(entry.id);
    expect(ids(accounts)).toEqual([null, ...accounts.map(({ id }) => id)]);
    expect(ids(members)).toEqual([null, ...accounts.map(({ id }) => id)]);
    expect(ids([account('000000000001', 'first')])).toEqual([null, '000000000001', entry.id]);
  });
});

describe('the control of the organization', () => {
  const on = { trustedAccess: true, rootCredentialsManagement: true, rootSessions: true, delegatedAdministrators: [] };
  it.each<[string, Partial<StatusDocument['centralizedRootAccess']>, boolean, VerdictName, string]>([
    ['both are on', {}, true, 'passed', 'switched-on'],
    ['both are on, root sessions off', { rootSessions: false }, true, 'passed', 'switched-on'],
    ['trusted access is off', { trustedAccess: false }, true, 'failed', 'trusted-access-off'],
    ['the feature is off', { rootCredentialsManagement: false }, true, 'failed', 'credentials-management-off'],
    [
      'one is off, the other not known',
      { trustedAccess: null, rootCredentialsManagement: false },
      true,
      'failed',
      'credentials-management-off',
    ],
    ['trusted access is not known', { trustedAccess: null }, true, 'unknown', 'switch-unknown'],
    ['the feature is not known', { rootCredentialsManagement: null }, true, 'unknown', 'switch-unknown'],
    ['the reading was cut short', {}, false, 'unknown', 'cut-short'],
  ])('where %s', (_, more, complete, verdict, reasonCode) => {
    const document = statusOf([], { complete, centralizedRootAccess: { ...on, ...more }, managementAccount: null });
    expect(judged(document)).toMatchObject([{ account: null, control: 'cis-7.0.0/2.1.1', verdict, reasonCode }]);
  });
});

describe('verdicts', () => {
  const sign = (...signs: string[]) => fc.constantFrom(...signs);
  const anyAccount = fc
    .tuple(
      sign('p', '-', '?'),
      sign('-', 'A', 'I', '?'),
      sign('-', 'V', 'H', 'F', 'M', '?'),
      sign('none', 'some', 'unread'),
      fc.constantFrom<Partial<AccountStatus>>(
        {},
        {},
        {},
        { status: 'unknown' },
        { status: 'skipped', reason: 'not-tried', credentials: null },
      ),
    )
    .map(([password, held, mfa, certificates, more]) => ({ ...holding(password, held, mfa, certificates), ...more }));
  const anyReading = fc.tuple(fc.array(anyAccount, { maxLength: 12 }), fc.boolean()).map(([all, complete]) =>
    statusOf(
      all.map((one, index) => ({ ...one, id: String(200_000_000_000 + index) })),
      { complete },
    ),
  );

  it('pass nothing that is not known, and tell each control of each account once', () => {
    holds(
      fc.property(anyReading, (document) => {
        const byId = new Map(document.accounts.map((one) => [one.id, one]));
        const seen = new Set<string>();
        for (const { account: id, control, verdict } of judged(document)) {
          seen.add(`${id} ${control}`);
          const one = byId.get(id ?? '');
          const isKnown = one === undefined || one.status === 'present' || one.status === 'absent';
          if (verdict === 'passed' || verdict === 'not-applicable') expect(isKnown).toBe(true);
          if (id === null) expect(verdict === 'unknown').toBe(!document.complete);
          if (neverRead.includes(control)) expect(verdict).toBe('not-assessed');
        }
        const ofAccounts = controlsOf([]).length - 1;
        const managed = document.managementAccount === null ? 0 : 1;
        expect(seen.size).toBe(1 + ofAccounts * (document.accounts.length + managed));
      }),
      200,
    );
  });

  it('come again as often as they are asked for', () => {
    const verdicts = verdictsOf(statusOf(accounts), controlsOf(['cis-7.0.0']));
    expect([...verdicts]).toEqual([...verdicts]);
  });
});

describe('controlsOf', () => {
  it('narrows the controls to those of the frameworks, in the order of the table', () => {
    expect(controlsOf(['security-hub', 'cis-7.0.0']).map(({ key }) => key)).toEqual([
      'cis-7.0.0/2.1.1',
      'cis-7.0.0/2.4',
      'cis-7.0.0/2.5',
      'cis-7.0.0/2.6',
      'cis-7.0.0/2.7',
      'cis-7.0.0/5.3',
      'security-hub/IAM.4',
      'security-hub/IAM.9',
      'security-hub/IAM.6',
      'security-hub/CloudWatch.1',
    ]);
  });

  it('names the framework, the version and the source of each', () => {
    const told = controlsOf([]).map(({ key, framework, version, id, sources }) => [
      key,
      framework,
      version,
      id,
      ...sources,
    ]);
    expect(told).toContainEqual(['cis-6.0.0/2.3', 'cis', '6.0.0', '2.3', 'prowler', 'steampipe']);
    expect(told).toContainEqual(['cis-1.2/1.12', 'cis', '1.2', '1.12', 'steampipe']);
    expect(told).toContainEqual(['security-hub/IAM.4', 'security-hub', null, 'IAM.4', 'security-hub']);
    expect(new Set(told.map(([key]) => key)).size).toBe(39);
  });
});
