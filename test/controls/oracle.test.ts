import fc from 'fast-check';
import { expect, it } from 'vitest';
import { controlsOf, verdictsOf } from '../../src/controls/index.ts';
import type { AccountStatus, StatusDocument, VerdictName } from '../../src/documents/index.ts';
import { account, organization, statusOf } from '../render/story.ts';
import { holds } from '../support/properties.ts';

// The published controls, read once more and apart from the product: what would be said of a root user of which everything
// is known, and of one of which it is not, by trying everything that it could be.

/** A root user of which everything is known. */
interface Whole {
  readonly hasPassword: boolean;
  readonly keys: number;
  readonly devices: readonly ('virtual' | 'fido' | 'hardware')[];
  readonly certificates: number;
}
/** The same, with null for what could not be read. */
type Known = { readonly [Field in keyof Whole]: Whole[Field] | null };

const devicesTried = [[], ['virtual'], ['fido'], ['hardware'], ['virtual', 'hardware'], ['fido', 'hardware']] as const;
const tried: { readonly [Field in keyof Whole]: readonly Whole[Field][] } = {
  hasPassword: [false, true],
  keys: [0, 1, 2],
  devices: devicesTried,
  certificates: [0, 1],
};

/** Every whole root user that the known one could be. */
function wholes(known: Known): readonly Whole[] {
  const all: Whole[] = [];
  for (const hasPassword of known.hasPassword === null ? tried.hasPassword : [known.hasPassword])
    for (const keys of known.keys === null ? tried.keys : [known.keys])
      for (const devices of known.devices === null ? tried.devices : [known.devices])
        for (const certificates of known.certificates === null ? tried.certificates : [known.certificates])
          all.push({ hasPassword, keys, devices, certificates });
  return all;
}

type Say = (root: Whole) => VerdictName;
const said = (isGood: boolean): VerdictName => (isGood ? 'passed' : 'failed');
const isBare = ({ hasPassword, keys }: Whole): boolean => !hasPassword && keys === 0;
const hasHardware = ({ devices }: Whole): boolean => devices.length > 0 && !devices.includes('virtual');

const noKey: Say = ({ keys }) => said(keys === 0);
/** With what is said where there is nothing that a second factor could guard. */
const factor =
  (isThere: (root: Whole) => boolean, isExempt: (root: Whole) => boolean, exempted: VerdictName): Say =>
  (root) =>
    isExempt(root) ? exempted : said(isThere(root));
const anyFactor = ({ devices }: Whole): boolean => devices.length > 0;
const noPassword = ({ hasPassword }: Whole): boolean => !hasPassword;

/** Framework → what its controls say, in the order: key, MFA, hardware MFA. */
const older = ['not-applicable', isBare] as const;
const three = (ids: readonly [string, string, string], exempted: VerdictName, isExempt: (root: Whole) => boolean) =>
  [
    [ids[0], noKey],
    [ids[1], factor(anyFactor, isExempt, exempted)],
    [ids[2], factor(hasHardware, isExempt, exempted)],
  ] as const;
const says = new Map<string, Say | 'not-assessed' | 'organization'>([
  ...three(['cis-1.2/1.12', 'cis-1.2/1.13', 'cis-1.2/1.14'], ...older),
  ...three(['cis-1.4.0/1.4', 'cis-1.4.0/1.5', 'cis-1.4.0/1.6'], ...older),
  ...three(['cis-3.0.0/1.4', 'cis-3.0.0/1.5', 'cis-3.0.0/1.6'], ...older),
  ...three(['cis-5.0.0/1.3', 'cis-5.0.0/1.4', 'cis-5.0.0/1.5'], ...older),
  ...three(['cis-6.0.0/2.3', 'cis-6.0.0/2.4', 'cis-6.0.0/2.5'], ...older),
  ...three(['cis-7.0.0/2.4', 'cis-7.0.0/2.5', 'cis-7.0.0/2.6'], 'passed', noPassword),
  ...three(['security-hub/IAM.4', 'security-hub/IAM.9', 'security-hub/IAM.6'], 'passed', isBare),
  ...three(
    [
      'aws-config/iam-root-access-key-check',
      'aws-config/root-account-mfa-enabled',
      'aws-config/root-account-hardware-mfa-enabled',
    ],
    ...older,
  ),
  ['rootctl/signing-certificates', ({ certificates }: Whole) => said(certificates === 0)],
  ['cis-7.0.0/2.1.1', 'organization'],
  ...['1.2/1.1', '1.2/3.3', '1.4.0/1.7', '1.4.0/4.3', '3.0.0/1.7', '3.0.0/4.3', '5.0.0/1.6', '5.0.0/4.3'].map(
    (id) => [`cis-${id}`, 'not-assessed'] as const,
  ),
  ...['cis-6.0.0/2.6', 'cis-6.0.0/5.3', 'cis-7.0.0/2.7', 'cis-7.0.0/5.3', 'security-hub/CloudWatch.1'].map(
    (key) => [key, 'not-assessed'] as const,
  ),
]);

/** What is said of everything that it could be; where that differs, nothing is known. */
function sayOf(say: Say, known: Known): VerdictName {
  const [verdict, ...others] = new Set(wholes(known).map(say));
  return verdict === undefined || others.length > 0 ? 'unknown' : verdict;
}

const orUnread = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { freq: 3 });
const anyKnown: fc.Arbitrary<Known> = fc.record({
  hasPassword: orUnread(fc.boolean()),
  keys: orUnread(fc.nat({ max: 2 })),
  devices: orUnread(fc.constantFrom(...devicesTried)),
  certificates: orUnread(fc.nat({ max: 2 })),
});

const credentialsOf = ({ hasPassword, keys, devices, certificates }: Known, id: string) => ({
  loginProfile: hasPassword === null ? null : { present: hasPassword, createdAt: null, lastUsedAt: null },
  accessKeys:
    keys === null
      ? null
      : Array.from({ length: keys }, (_, index) => ({
          id: `AKIA${index}`,
          // Whether it works now changes nothing: it can be made to.
          status: index === 0 ? ('Inactive' as const) : ('Active' as const),
          createdAt: '2020-01-01T00:00:00.000Z',
          lastUsedAt: null,
          lastUsedService: null,
          lastUsedRegion: null,
        })),
  mfaDevices:
    devices?.map((type, index) => ({
      serialNumber: `arn:aws:iam::${id}:mfa/${index}`,
      type,
      enabledAt: '2020-01-01T00:00:00.000Z',
    })) ?? null,
  signingCertificates:
    certificates === null
      ? null
      : Array.from({ length: certificates }, (_, index) => ({
          id: `CERT${index}`,
          status: 'Active' as const,
          uploadedAt: '2020-01-01T00:00:00.000Z',
        })),
});

const skipReasons = ['not-active', 'excluded', 'protected', 'not-tried', 'management-account'] as const;

/** An account, and what the oracle knows of its root user; null: nothing. */
interface Subject {
  readonly account: AccountStatus;
  readonly known: Known | null;
  /** Nothing was found, and something could not be read. */
  readonly isDoubtful: boolean;
}

const anySubject = (id: string): fc.Arbitrary<Subject> =>
  fc.oneof(
    { weight: 6, arbitrary: anyKnown.map((known) => readSubject(id, known)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...skipReasons).map((reason) => ({
        account: account(id, 'left out', { status: 'skipped', reason, credentials: null }),
        known: null,
        isDoubtful: true,
      })),
    },
    {
      weight: 1,
      arbitrary: fc.constant({
        account: account(id, 'unread', { status: 'unknown', credentials: null }),
        known: null,
        isDoubtful: true,
      }),
    },
  );

function readSubject(id: string, known: Known): Subject {
  const { hasPassword, keys, devices, certificates } = known;
  const isHeld = hasPassword === true || [keys, devices?.length, certificates].some((count) => (count ?? 0) > 0);
  const isWhole = Object.values(known).every((kind) => kind !== null);
  const status = isHeld ? 'present' : isWhole ? 'absent' : 'unknown';
  return {
    account: account(id, 'read', { status, credentials: credentialsOf(known, id) }),
    known,
    isDoubtful: status === 'unknown',
  };
}

const managementId = organization.managementAccountId;
const switchState = fc.option(fc.boolean(), { freq: 3 });
const anyManagement = fc.option(
  fc.record({
    id: fc.constant(managementId),
    accessKeysPresent: fc.boolean(),
    mfaEnabled: fc.boolean(),
    passwordPresent: fc.boolean(),
    signingCertificatesPresent: fc.boolean(),
  }),
  { freq: 3 },
);

const anyReading = fc.record({
  subjects: fc.tuple(
    anySubject('000000000007'),
    anySubject('222222222222'),
    anySubject('333333333333'),
    anySubject('999999999999'),
  ),
  isManagementListed: fc.boolean(),
  management: anyManagement,
  complete: fc.boolean(),
  trustedAccess: switchState,
  rootCredentialsManagement: switchState,
});

it('says what the published controls say, of whatever was read and of whatever was not', () => {
  const known = controlsOf([]);
  expect(new Set(known.map(({ key }) => key))).toEqual(new Set(says.keys()));
  holds(
    fc.property(anyReading, (reading) => {
      const { subjects, isManagementListed, management, complete, trustedAccess, rootCredentialsManagement } = reading;
      const listed: readonly Subject[] = [
        ...(isManagementListed
          ? [
              {
                account: account(managementId, 'management', {
                  status: 'skipped',
                  reason: 'management-account',
                  credentials: null,
                }),
                known: null,
                isDoubtful: true,
              } as const,
            ]
          : []),
        ...subjects,
      ].sort((left, right) => (left.account.id < right.account.id ? -1 : 1));
      const document: StatusDocument = statusOf(
        listed.map((one) => one.account),
        {
          complete,
          managementAccount: management,
          centralizedRootAccess: {
            trustedAccess,
            rootCredentialsManagement,
            rootSessions: true,
            delegatedAdministrators: null,
          },
        },
      );
      const told = new Map<string, VerdictName>();
      for (const { account: id, control, verdict } of verdictsOf(document, known)) {
        const key = `${id ?? 'organization'} ${control}`;
        expect(told.has(key), key).toBe(false);
        told.set(key, verdict);
      }
      const expected = new Map<string, VerdictName>();
      for (const [control, say] of says) {
        if (say === 'organization') {
          const switches = [trustedAccess, rootCredentialsManagement];
          const verdict = switches.includes(false) ? 'failed' : switches.includes(null) ? 'unknown' : 'passed';
          expected.set(`organization ${control}`, complete ? verdict : 'unknown');
          continue;
        }
        for (const { account: one, known: root, isDoubtful } of listed) {
          if (one.id === managementId && management !== null) continue;
          const verdict = say === 'not-assessed' ? say : root === null ? 'unknown' : sayOf(say, root);
          const isGood = verdict === 'passed' || verdict === 'not-applicable';
          expected.set(`${one.id} ${control}`, isGood && isDoubtful ? 'unknown' : verdict);
        }
        if (management === null) continue;
        // "assess it from its own summary, keys and MFA only"
        const isAssessed = control !== 'rootctl/signing-certificates';
        expected.set(`${managementId} ${control}`, isAssessed ? sayOfManagement(say, management) : 'not-assessed');
      }
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
    }),
    1_000,
  );
}, 120_000);

/** From its own summary, which counts. Of which kind its MFA is, nobody is told. */
function sayOfManagement(
  say: Say | 'not-assessed',
  summary: NonNullable<StatusDocument['managementAccount']>,
): VerdictName {
  if (say === 'not-assessed') return say;
  const { passwordPresent: hasPassword, accessKeysPresent, mfaEnabled } = summary;
  const kinds = mfaEnabled ? devicesTried.filter(({ length }) => length > 0) : [[]];
  const verdicts = new Set(
    kinds.map((devices) => say({ hasPassword, keys: Number(accessKeysPresent), devices, certificates: 0 })),
  );
  const [verdict = 'unknown', ...others] = verdicts;
  return others.length > 0 ? 'unknown' : verdict;
}
