import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField } from '../../src/render/formats/csv.ts';
import { ndjson } from '../../src/render/formats/ndjson.ts';
import { formats, formatsFor, piecesOf } from '../../src/render/formats.ts';
import { markdownText } from '../../src/render/markdown-text.ts';
import { noPaint } from '../../src/render/style.ts';
import { visible } from '../../src/render/text.ts';
import { deleted, outputs, runDetail } from '../documents/samples.ts';
import { requireSarif } from '../support/sarif.ts';
import { english } from '../support/speech.ts';
import { parseCsv } from './csv.ts';
import { anyName, hostileNames, steering } from './hostile.ts';
import * as story from './story.ts';

const view = { columns: 160, nowMs: story.nowMs, paint: noPaint, speech: english, english };
const deletedMany = (count: number) => Array.from({ length: count }, () => deleted.accounts).flat();
const named = (name: string) => story.statusOf([{ ...story.payments, name }]);

describe('formats', () => {
  it('are offered only for the documents that they can render', () => {
    expect(formatsFor('rootctl.status')).toEqual(['table', 'json', 'ndjson', 'csv', 'markdown', 'sarif']);
    expect(formatsFor('rootctl.delete')).toEqual(['table', 'json', 'ndjson', 'csv', 'markdown']);
    for (const { kind } of outputs.filter(
      (one) => !['rootctl.status', 'rootctl.delete', 'rootctl.report', 'rootctl.error'].includes(one.kind),
    ))
      expect(formatsFor(kind), kind).toEqual(['table', 'json', 'csv', 'markdown']);
    expect(formatsFor('rootctl.error')).toEqual(['table', 'json']);
    expect(formatsFor('rootctl.report')).toEqual(['table', 'json', 'csv', 'markdown', 'html']);
  });

  it.each(outputs)('render $kind in each format that it declares, and refuse the others', async (document) => {
    for (const [name, format] of Object.entries(formats)) {
      const text = async () => [...(await piecesOf(format, document, view))].join('');
      if (format.kinds.includes(document.kind)) expect(await text(), name).toMatch(/\n$/);
      else await expect(text(), name).rejects.toThrow(`${name} does not render ${document.kind}`);
    }
  });

  it.each(formatsFor('rootctl.status'))('%s says the same in pieces, however many accounts there are', async (name) => {
    const anyAccount = fc.record({ name: anyName, status: fc.constantFrom('present', 'absent', 'unknown', 'skipped') });
    await fc.assert(
      fc.asyncProperty(fc.array(anyAccount, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), async (some, times) => {
        const many = Array.from({ length: times }, () => some).flat();
        const document = story.statusOf(
          many.map((fields, index) => ({ ...story.payments, ...fields, id: String(index).padStart(12, '0') })),
        );
        const pieces = [...(await piecesOf(formats[name], document, view))];
        expect(pieces.join('')).toBe(formats[name].render(document, view));
      }),
      { numRuns: 10 },
    );
  });

  it.each(['json', 'ndjson', 'csv'] as const)(
    '%s of many accounts comes in pieces, none of which is long',
    async (name) => {
      const many = Array.from({ length: 800 }, (_, index) => ({
        ...story.payments,
        id: String(index).padStart(12, '0'),
      }));
      for (const document of [story.statusOf(many), { ...deleted, accounts: deletedMany(800) }]) {
        const pieces = [...(await piecesOf(formats[name], document, view))];
        expect(pieces.length).toBeGreaterThan(1);
        expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
      }
    },
  );

  it.each(formatsFor('rootctl.status'))('%s never steers a terminal', (name) => {
    fc.assert(
      fc.property(anyName, (text) => {
        const isSteering = new RegExp(steering.source, 'u');
        const output = formats[name].render(named(text), view);
        for (const line of output.split(/\r?\n/)) expect(line).not.toMatch(isSteering);
      }),
    );
  });

  it.each(hostileNames)('render the deletion of %j without steering', (name) => {
    const document = { ...deleted, accounts: deleted.accounts.map((account) => ({ ...account, name })) };
    for (const format of formatsFor('rootctl.delete')) {
      expect(formats[format].render(document, view).replaceAll(/\r?\n/g, '')).not.toMatch(steering);
    }
  });
});

describe('json', () => {
  it('has the key order of the contract, two spaces and a newline at the end', () => {
    const { accounts, kind, ...rest } = story.statusOf([]);
    const text = formats.json.render({ accounts, ...rest, kind }, view);
    expect(Object.keys(JSON.parse(text))).toEqual([
      'schemaVersion',
      'kind',
      'generatedAt',
      'rootctlVersion',
      'complete',
      'organization',
      'centralizedRootAccess',
      'managementAccount',
      'changes',
      'summary',
      'accounts',
    ]);
    expect(text).toMatch(/^\{\n {2}"schemaVersion": "1",\n/);
    expect(text).toMatch(/\n\}\n$/);
  });

  it('gives every name back as it was', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(JSON.parse(formats.json.render(named(name), view)).accounts[0].name).toBe(name);
        expect(JSON.parse(ndjson.stream.account({ ...story.payments, name }, { english }, {})).name).toBe(name);
      }),
    );
  });
});

describe('ndjson', () => {
  it('is a line an account and a summary line without accounts', () => {
    const lines = formats.ndjson.render(story.status, view).trimEnd().split('\n');
    const kinds = lines.map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual([...story.accounts.map(() => 'rootctl.status.account'), 'rootctl.status.summary']);
    expect(lines[0]).toBe(ndjson.stream.account(story.accounts[0] ?? story.payments, { english }, {}).trimEnd());
    expect(JSON.parse(lines.at(-1) ?? '')).not.toHaveProperty('accounts');
  });

  it('marks every line of the sandbox', () => {
    const lines = formats.ndjson
      .render({ ...story.status, simulated: true }, view)
      .trimEnd()
      .split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ simulated: true });
  });
});

describe('csv', () => {
  it('is read back by a reader of RFC 4180, whatever the names', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const [titles = [], row = [], ...more] = parseCsv(formats.csv.render(named(name), view));
        expect(more).toEqual([]);
        expect(row).toHaveLength(titles.length);
        expect(row[0]).toBe('123456789012');
        const written = row[titles.indexOf('name')];
        expect([visible(name), `'${visible(name)}`]).toContain(written);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '＝1', '＋1', '－1', '＠x', '\t=1', '\r=1', '"=1"', "'=1"])(
    'a spreadsheet does not run %j',
    (text) => {
      expect(parseCsv(`${csvField(text)}\r\n`)[0]?.[0]).toMatch(/^'/);
    },
  );

  it.each(['::error::all is lost', '  ::add-mask::x'])(
    '%j begins no command of a runner, and stays what it is',
    (text) => {
      expect(csvField(text)).not.toMatch(/^\s*::/u);
      expect(parseCsv(`${csvField(text)}\r\n`)).toEqual([[text]]);
    },
  );

  it('a plain name stays as it is', () => expect(csvField('payments-prod')).toBe('payments-prod'));

  it('tells what is not there from what could not be read', () => {
    const rows = parseCsv(formats.csv.render(story.status, view));
    const column = rows[0]?.indexOf('access_keys') ?? -1;
    const keys = new Map(rows.slice(1).map((row) => [row[0], row[column]]));
    expect(keys.get('123456789012')).toBe('2');
    expect(keys.get('444444444444')).toBe('0');
    expect(keys.get('555555555555')).toBe('');
  });

  it('of a deletion has a row a credential', () => {
    const rows = parseCsv(formats.csv.render(deleted, view));
    expect(rows.filter(([id]) => id === '123456789012')).toHaveLength(4);
    expect(rows.filter(([id]) => id === '555555555555')).toHaveLength(1);
  });
});

describe('markdown', () => {
  it.each([
    ['a|b', 'a\\|b'],
    ['back\\slash', 'back\\\\slash'],
    ['`code`', '\\`code\\`'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['@octocat', '\\@&#8203;octocat'],
    ['[x](javascript:1)', '\\[x\\](javascript:1)'],
    ['![x](y)', '!\\[x\\](y)'],
    ['a\nb', 'a\\\\nb'],
    ['&lt;', '&amp;lt;'],
    ['https://evil.example', 'https\\:&#8203;//evil.example'],
    ['監査ログ', '監査ログ'],
  ])('%j is written as %j', (text, escaped) => expect(markdownText(text)).toBe(escaped));

  it('a table keeps its columns, whatever the names', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const rows = formats.markdown
          .render(named(name), view)
          .trimEnd()
          .split('\n')
          .filter((line) => line.startsWith('|'));
        for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(11);
      }),
    );
  });

  it('a query cannot leave its fence', () => {
    const text = formats.markdown.render({ ...runDetail, cloudTrailQuery: 'a\n````\nb' }, view);
    expect(text).toContain('\n`````\na\n````\nb\n`````\n');
  });
});

describe('sarif', () => {
  const log = JSON.parse(formats.sarif.render(story.status, view));
  const [run] = log.runs;

  it('has a result for each kind of credential of an account, each with its rule', () => {
    const found = run.results.map((one: { ruleId: string; level: string }) => `${one.ruleId} ${one.level}`);
    expect(found).toEqual([
      'root-access-key error',
      'root-signing-certificate error',
      'root-login-profile error',
      'root-login-profile error',
      'root-unknown warning',
      'root-mfa-device note',
    ]);
    const rules = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
    for (const result of run.results) expect(rules).toContain(result.ruleId);
  });

  it('tags a rule with the controls that its findings fail', () => {
    const tags = new Map(
      run.tool.driver.rules.map(({ id, properties }: { id: string; properties: { tags: string[] } }) => [
        id,
        properties.tags,
      ]),
    );
    expect(tags.get('root-access-key')).toEqual(expect.arrayContaining(['cis-7.0.0/2.4', 'security-hub/IAM.4']));
    expect(tags.get('root-signing-certificate')).toContain('rootctl/signing-certificates');
    // Neither is asked not to be there.
    expect(tags.get('root-login-profile')).toEqual(['security', 'aws']);
    expect(tags.get('root-mfa-device')).toEqual(['security', 'aws']);
  });

  it('is SARIF by its own schema, and nothing of it is what GitHub refuses or leaves out, whatever a name is', () => {
    requireSarif(log);
    requireSarif(JSON.parse(formats.sarif.render({ ...story.status, complete: false, simulated: true }, view)));
    fc.assert(
      fc.property(anyName, (name) => requireSarif(JSON.parse(formats.sarif.render(named(name), view)))),
      { numRuns: 30, examples: hostileNames.map((name): [string] => [name]) },
    );
  });

  it.each([
    ['a result without a place', { locations: [] }],
    ['a result of another rule', { ruleIndex: 0, ruleId: 'root-unknown' }],
    ['an absent result', { baselineState: 'absent' }],
    ['a state that there is not', { baselineState: 'gone' }],
    ['a field that there is not', { note: '' }],
    ['an address with a space', { hostedViewerUri: 'https://a b' }],
  ])('(the check itself finds %s)', (_, change) => {
    const results = [{ ...run.results[0], ...change }, ...run.results.slice(1)];
    expect(() => requireSarif({ ...log, runs: [{ ...run, results }] })).toThrow(/not SARIF|GitHub would not/u);
  });

  it('of an account that could not be read says that the run did not wholly succeed', () => {
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1);
  });

  it('has help for people and a page of AWS for each rule, and the fingerprint that GitHub looks at', () => {
    for (const rule of run.tool.driver.rules) {
      expect(rule.helpUri, rule.id).toMatch(
        /^https:\/\/docs\.aws\.amazon\.com\/IAM\/latest\/UserGuide\/[\w-]+\.html$/u,
      );
      expect(rule.help.text, rule.id).toContain('rootctl ');
      expect(rule.help.markdown, rule.id).toContain(rule.helpUri);
      expect(rule.fullDescription.text, rule.id).not.toBe('');
      const severity = Number(rule.properties['security-severity']);
      const level = rule.defaultConfiguration.level;
      expect(level, rule.id).toBe(severity >= 7 ? 'error' : severity >= 4 ? 'warning' : 'note');
    }
    const prints = run.results.map(({ partialFingerprints: of }: { partialFingerprints: Record<string, string> }) =>
      String(of['primaryLocationLineHash']),
    );
    expect(new Set(prints).size).toBe(run.results.length);
    expect(prints[0]).toBe('123456789012/root-access-key:1');
  });

  describe('above what GitHub takes', () => {
    const of = (accounts: number) => {
      const many = Array.from({ length: accounts }, (_, index) => ({
        ...story.payments,
        id: String(100_000_000_000 + index),
      }));
      const log = JSON.parse(formats.sarif.render(story.statusOf(many), view));
      requireSarif(log);
      const { runs } = log;
      const notes: { level: string; descriptor: { id: string }; message: { text: string } }[] =
        runs[0].invocations[0].toolExecutionNotifications;
      return { run: runs[0], notes };
    };

    it('writes the gravest, counts the rest by rule, and says so', () => {
      const { run: cut, notes } = of(7_000); // four results each
      expect(cut.results).toHaveLength(25_000);
      const left = Object.values<number>(cut.properties.leftOut).reduce((sum, count) => sum + count, 0);
      expect(cut.results.length + left).toBe(28_000);
      expect(Object.keys(cut.properties.leftOut)).toEqual(['root-mfa-device']);
      expect(notes.map(({ level, descriptor }) => [level, descriptor.id])).toEqual([['warning', 'results-left-out']]);
      expect(notes[0]?.message.text).toContain('3,000 of 28,000 were left out');
    });

    it('says of how many it shows the gravest only', () => {
      const { run: whole, notes } = of(1_500);
      expect(whole.results).toHaveLength(6_000);
      expect(whole.results[0].ruleId).toBe('root-access-key');
      expect(notes.map(({ descriptor }) => descriptor.id)).toEqual(['results-shown-in-part']);
      expect(whole.properties).not.toHaveProperty('leftOut');
    });
  });

  it('a name is not a link', () => {
    const { runs } = JSON.parse(formats.sarif.render(named('[x](https://evil.example) {0}'), view));
    expect(runs[0].results[0].message.text).toContain('\\[x\\](https://evil.example) {{0}}');
  });

  it('fingerprints stay the same from run to run', () => {
    const again = JSON.parse(formats.sarif.render({ ...story.status, generatedAt: '2026-02-01T09:30:00.000Z' }, view));
    expect(again.runs[0].results).toEqual(run.results);
  });
});
