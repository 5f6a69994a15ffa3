import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlsOf, verdictsOf } from '../../src/controls/index.ts';
import { type AccountStatus, parseStatus, type StatusDocument } from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';
import { formats } from '../../src/render/formats.ts';
import { renderReportPage } from '../../src/render/html/report.ts';
import { noPaint } from '../../src/render/style.ts';
import { visible } from '../../src/render/text.ts';
import type { View } from '../../src/render/view.ts';
import { loadReportPage } from '../../src/words/index.ts';
import { holds } from '../support/properties.ts';
import { english } from '../support/speech.ts';
import { parseCsv } from './csv.ts';
import { anyName } from './hostile.ts';
import { reportOf } from './reports.ts';
import { account, nowMs, ouNames, statusOf } from './story.ts';

const view: View = { columns: 160, nowMs, paint: noPaint, speech: english, english, ouNames };
const words = await loadReportPage('en');

/** What every form says of an account: its status, and of each kind how many there are; `?` is what could not be read. */
type Facts = readonly [status: string, password: string, keys: string, certificates: string, devices: string];

const countOf = (list: readonly unknown[] | null | undefined): string =>
  list === null || list === undefined ? '?' : String(list.length);

function factsOf({ status, credentials }: AccountStatus): Facts {
  const profile = credentials?.loginProfile;
  return [
    status,
    profile === null || profile === undefined ? '?' : profile.present ? '1' : '0',
    countOf(credentials?.accessKeys),
    countOf(credentials?.signingCertificates),
    countOf(credentials?.mfaDevices),
  ];
}

const wholeFacts = ({ accounts }: Pick<StatusDocument, 'accounts'>): ReadonlyMap<string, Facts> =>
  new Map(accounts.map((one) => [one.id, factsOf(one)]));

/** Of what could not be read or was not looked at, forms for people say why, and nothing of its kinds. */
const briefFacts = (document: StatusDocument): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...wholeFacts(document)].map(([id, facts]) => [
      id,
      facts[0] === 'present' || facts[0] === 'absent' ? facts : [facts[0]],
    ]),
  );

const time = '2024-02-03T04:05:06.789Z';
const kind = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 5 });
const some = <Value>(value: (index: number) => Value) =>
  fc.nat({ max: 3 }).map((length) => Array.from({ length }, (_, index) => value(index)));

const anyCredentials = fc.record({
  loginProfile: kind(fc.boolean().map((present) => ({ present, createdAt: present ? time : null, lastUsedAt: null }))),
  accessKeys: kind(
    some((index) => ({
      id: `AKIAEXAMPLE${index}`,
      status: index === 1 ? ('Inactive' as const) : ('Active' as const),
      createdAt: time,
      lastUsedAt: index === 0 ? time : null,
      lastUsedService: index === 0 ? 's3' : null,
      lastUsedRegion: null,
    })),
  ),
  mfaDevices: kind(
    some((index) => ({
      serialNumber: `arn:aws:iam::222222222222:mfa/${index}`,
      type: (['virtual', 'fido', 'hardware'] as const)[index] ?? 'virtual',
      enabledAt: time,
    })),
  ),
  signingCertificates: kind(some((index) => ({ id: `CERT${index}`, status: 'Active' as const, uploadedAt: time }))),
});

/** As AWS is read: what is held makes an account present, else what could not be read makes it unknown. */
function readAccount(id: string, name: string, credentials: NonNullable<AccountStatus['credentials']>): AccountStatus {
  const { loginProfile, ...lists } = credentials;
  const isHeld = loginProfile?.present === true || Object.values(lists).some((list) => (list?.length ?? 0) > 0);
  const isUnread = Object.values(credentials).includes(null);
  const error = isUnread ? told('AccessDenied', 'refused', 'ask') : null;
  return account(id, name, {
    credentials,
    error,
    status: isHeld ? 'present' : isUnread ? 'unknown' : 'absent',
    lastUsedAt: isHeld ? time : null,
    joinedAt: time,
    joinedMethod: 'INVITED',
  });
}

const anyAccount = (id: string): fc.Arbitrary<AccountStatus> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(anyName, anyCredentials).map(([name, held]) => readAccount(id, name, held)) },
    {
      weight: 1,
      arbitrary: anyName.map((name) =>
        account(id, name, { status: 'unknown', credentials: null, error: told('AccessDenied', 'refused', null) }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('excluded', 'protected', 'not-active', 'not-tried')
        .map((reason) => account(id, 'left out', { status: 'skipped', reason, credentials: null, state: 'SUSPENDED' })),
    },
  );

const anyDocument: fc.Arbitrary<StatusDocument> = fc
  .uniqueArray(fc.nat({ max: 999 }), { maxLength: 6 })
  .chain((numbers) =>
    fc.tuple(...numbers.sort((a, b) => a - b).map((number) => anyAccount(String(200_000_000_000 + number)))),
  )
  .map((accounts) => statusOf(accounts, accounts.length === 0 ? { complete: false } : {}));

const stateOf = new Map(Object.entries(english.words.status.states).map(([name, shown]) => [shown, name]));
/** `2`, `yes, no MFA`, `–`, `?` */
const countIn = (cell: string): string => {
  if (cell === '–' || cell === '?') return cell === '–' ? '0' : cell;
  return /^\d+/u.exec(cell)?.[0] ?? '1';
};

/** A row of a form for people: id, status, and behind the status the four kinds, unless it says why. */
const briefRow = (status: string, kinds: readonly string[]): readonly string[] => {
  const name = stateOf.get(status) ?? `no status: ${status}`;
  return name === 'present' || name === 'absent' ? [name, ...kinds.map(countIn)] : [name];
};

function inCsv(document: StatusDocument): ReadonlyMap<string, Facts> {
  const [titles = [], ...rows] = parseCsv(formats.csv.render(document, view));
  return new Map(
    rows.map((row) => {
      const field = (title: string): string => row[titles.indexOf(title)] ?? '';
      const count = (title: string): string => field(title) || '?';
      const password = { yes: '1', no: '0', '': '?' }[field('password')] ?? field('password');
      const counts = ['access_keys', 'signing_certificates', 'mfa_devices'].map(count) as [string, string, string];
      return [field('account_id'), [field('status'), password, ...counts]];
    }),
  );
}

function inCredentialRows(document: StatusDocument): ReadonlyMap<string, Facts> {
  const [titles = [], ...rows] = parseCsv(formats.csv.render(document, { ...view, rows: 'credentials' }));
  const records = rows.map((row) => Object.fromEntries(row.map((field, index) => [titles[index] ?? '', field])));
  const ids = [...new Set(records.map((record) => record['account_id'] ?? ''))];
  return new Map(
    ids.map((id) => {
      const own = records.filter((record) => record['account_id'] === id);
      const [first] = own;
      const isNothing = own.every((record) => record['credential_kind'] === '');
      const count = (name: string): string => {
        const of = own.filter((record) => record['credential_kind'] === name);
        if (isNothing) return first?.['held'] === 'no' ? '0' : '?';
        return of.some(({ held }) => held === 'unknown') ? '?' : String(of.length);
      };
      const kinds = ['login-profile', 'access-key', 'signing-certificate', 'mfa-device'].map(count);
      return [id, [first?.['status'] ?? '', ...kinds] as unknown as Facts];
    }),
  );
}

/** The rows of the table of accounts, cut where a pipe is not escaped. */
function inMarkdown(document: StatusDocument): ReadonlyMap<string, readonly string[]> {
  const rows = formats.markdown
    .render(document, view)
    .split('\n')
    .filter((line) => /^\| \d{12} \|/u.test(line))
    .map((line) => line.split(/(?<!\\)(?:\\\\)*\|/u).map((cell) => cell.trim()));
  return new Map(rows.map(([, id = '', , , , status = '', ...kinds]) => [id, briefRow(status, kinds.slice(0, 4))]));
}

function inTable(document: StatusDocument): ReadonlyMap<string, readonly string[]> {
  const shownColumns = ['account', 'root', 'login-profile', 'access-keys', 'signing-certificates', 'mfa-devices'];
  const rows = formats.table
    .render(document, { ...view, shownColumns, isArranged: true })
    .split('\n')
    .filter((line) => /^\d{12} {2}/u.test(line))
    .map((line) => line.trimEnd().split(/ {2,}/u));
  return new Map(rows.map(([id = '', status = '', ...kinds]) => [id, briefRow(status, kinds)]));
}

/** `root-access-key` → how many, by account. A kind that could not be read is no result of its own. */
function inSarif(document: StatusDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const [run] = JSON.parse(formats.sarif.render(document, view)).runs;
  const found = new Map<string, Set<string>>();
  for (const { ruleId, locations } of run.results) {
    const id: string = locations[0].logicalLocations[0].name;
    found.set(id, (found.get(id) ?? new Set()).add(ruleId));
  }
  return found;
}

function expectedInSarif(document: StatusDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const rules = ['root-login-profile', 'root-access-key', 'root-signing-certificate', 'root-mfa-device'];
  return new Map(
    [...wholeFacts(document)].flatMap(([id, [status, ...kinds]]) => {
      if (status === 'unknown') return [[id, new Set(['root-unknown'])] as const];
      if (status !== 'present') return [];
      const held = rules.filter((_, index) => Number(kinds[index]) > 0);
      return [[id, new Set(held.length > 0 ? held : ['root-credentials'])] as const];
    }),
  );
}

describe('every form of one reading says the same', () => {
  it('of each account: json, ndjson, csv, csv by credential, markdown, table, SARIF', () => {
    holds(
      fc.property(anyDocument, (document) => {
        const written = formats.json.render(document, view);
        const read = parseStatus(written);
        expect(read.ok && wholeFacts(read.document)).toEqual(wholeFacts(document));
        const lines = formats.ndjson.render(document, view).trimEnd().split('\n');
        const [last, ...accounts] = lines.map((line) => JSON.parse(line)).reverse();
        expect(wholeFacts({ accounts: accounts.reverse() })).toEqual(wholeFacts(document));
        const { accounts: _, ...rest } = JSON.parse(written);
        expect(last).toEqual({ ...rest, kind: 'rootctl.status.summary' });
        expect(inCsv(document)).toEqual(wholeFacts(document));
        expect(inCredentialRows(document)).toEqual(wholeFacts(document));
        expect(inMarkdown(document)).toEqual(briefFacts(document));
        expect(inTable(document)).toEqual(briefFacts(document));
        expect(inSarif(document)).toEqual(expectedInSarif(document));
      }),
      400,
    );
  });

  it('of each verdict: json, csv, the page; and the page of each account', async () => {
    const known = controlsOf([]);
    const reports = fc.sample(anyDocument, { numRuns: 60, seed: 20260131 });
    for (const document of reports) {
      const verdicts = [...verdictsOf(document, known)].map(({ account: id, control, verdict }) => [
        id ?? '',
        control,
        verdict,
      ]);
      const report = reportOf(document.accounts, {}, document);
      const json = JSON.parse([...(formats.json.pieces?.(report, view) ?? [])].join(''));
      expect(
        json.verdicts.map((one: Record<string, string>) => [one['account'] ?? '', one['control'], one['verdict']]),
      ).toEqual(verdicts);
      expect(json.summary).toEqual(document.summary);
      const [titles = [], ...rows] = parseCsv([...(formats.csv.pieces?.(report, view) ?? [])].join(''));
      const column = (title: string): number => titles.indexOf(title);
      expect(rows.map((row) => [row[column('account_id')], row[column('control')], row[column('verdict')]])).toEqual(
        verdicts,
      );
      const html = [...renderReportPage(report, view, words)].join('');
      const inPage = [...html.matchAll(/<script type="application\/json" class="accounts">(.*?)<\/script>/gsu)].flatMap(
        ([, text]) => JSON.parse(text ?? ''),
      );
      const data = JSON.parse(/id="data">(.*?)<\/script>/su.exec(html)?.[1] ?? '{}');
      // Its order is its own: the gravest first.
      expect(new Map(inPage.map(({ id, name, status }) => [id, [name, status]]))).toEqual(
        new Map(document.accounts.map(({ id, name, status }) => [id, [visible(name), status]])),
      );
      // One entry a credential, and one for a kind that could not be read.
      for (const { id, credentials = [] } of inPage) {
        const [status, ...kinds] = wholeFacts(document).get(id) ?? [];
        const entries = kinds.reduce((sum, count) => sum + (count === '?' ? 1 : Number(count)), 0);
        expect(credentials.length).toBe(status === 'present' ? entries : 0);
      }
      for (const { id, assessment } of inPage) {
        const shown = data.assessments[assessment].flatMap(
          ({ verdict, controls }: { verdict: string; controls: readonly number[] }) =>
            controls.map((place) => `${known[place]?.key} ${verdict}`),
        );
        const own = verdicts.filter(([of]) => of === id).map(([, control, verdict]) => `${control} ${verdict}`);
        expect([...shown].sort()).toEqual(own.sort());
      }
    }
  }, 60_000);
});
