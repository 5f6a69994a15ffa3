import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/documents/index.ts';
import { h } from '../../src/render/html/element.ts';
import { renderReportPage } from '../../src/render/html/report.ts';
import { htmlOf, jsonInHtml } from '../../src/render/html/write.ts';
import { noPaint } from '../../src/render/style.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, type Language, loadReportPage, loadWords } from '../../src/words/index.ts';
import { english } from '../support/speech.ts';
import { anyName, steering } from './hostile.ts';
import { before, manyAccounts, period, reportOf, run } from './reports.ts';
import { account, accounts, legacy, nowMs, ouNames, payments } from './story.ts';

async function page(document: ReportDocument, language: Language = 'en', view: Partial<View> = {}): Promise<string> {
  return [...(await pieces(document, language, view))].join('');
}

async function pieces(document: ReportDocument, language: Language, view: Partial<View>): Promise<Iterable<string>> {
  const speech = createSpeech(await loadWords(language), []);
  const whole = { columns: 160, nowMs, paint: noPaint, speech, english, ouNames, ...view };
  return renderReportPage(document, whole, await loadReportPage(language));
}

const textOf = (html: string): string =>
  html
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const headline = (html: string): string =>
  (/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, '').trim();
const embedded = (html: string): readonly unknown[] =>
  [...html.matchAll(/<script type="application\/json" class="accounts">(.*?)<\/script>/gs)].flatMap(([, json]) =>
    JSON.parse(json ?? ''),
  );

describe('the verdict', () => {
  const clean = [account('1', 'one'), account('2', 'two')];
  const cut = { complete: false };
  it.each([
    ['Yes. All 2 member accounts are free of root credentials.', clean, {}, {}],
    ['Yes. The one selected account is free of root credentials.', clean.slice(1), {}, { selection: 'some' as const }],
    ['No. 1 of 3 member accounts holds root credentials.', [payments, ...clean], {}, {}],
    ['No. At least 2 of 5 member accounts hold root credentials: 1 could not be read.', accounts, {}, {}],
    [
      'Not known. 1 of 3 member accounts could not be read; the others are free of root credentials.',
      [legacy, ...clean],
      {},
      {},
    ],
    ['Not known. The one member account could not be read.', [legacy], {}, {}],
    ['Not known. No account was checked.', [], {}, {}],
    [
      'Not known. The reading was cut short: the 2 member accounts that were read are free of root credentials, and nothing is said of the others.',
      clean,
      cut,
      {},
    ],
    ['Not known. The reading was cut short before any account was read.', [], cut, {}],
    [
      'No. At least 1 of the 3 member accounts that were looked at holds root credentials: the reading was cut short.',
      [payments, ...clean],
      cut,
      {},
    ],
    [
      'Not known. The reading was cut short, and 1 of the 3 member accounts that were looked at could not be read.',
      [legacy, ...clean],
      cut,
      {},
    ],
  ])('%s', async (sentence, all, told, view) => {
    expect(headline(await page(reportOf(all, {}, told), 'en', view))).toBe(sentence);
  });

  it('says what is missing of a reading that was cut short, before anything else', async () => {
    const html = textOf(await page(reportOf(clean, {}, cut)));
    expect(html).toContain('Incomplete: the list of accounts ended early; there are at least 2.');
    expect(html).toContain('cut short: it says nothing about the organization as a whole');
  });
});

describe('the page', () => {
  it('allows by their hashes the one script and the one style that it has, and nothing else', async () => {
    const html = await page(reportOf());
    const hashOf = (text: string | undefined) =>
      `sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}`;
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1];
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1];
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).not.toMatch(/ on[a-z]+=| style=|<(?:img|iframe|object|embed|form|base)\b/);
    expect(html).not.toMatch(/(?:src|href)="(?!#|data:image\/svg)/);
  });

  it('comes in pieces, none of which is long', async () => {
    const all = [...(await pieces(reportOf(manyAccounts(5000)), 'en', {}))];
    expect(all.length).toBeGreaterThan(15);
    expect(Math.max(...all.map((piece) => piece.length))).toBeLessThan(600_000);
    expect(embedded(all.join(''))).toHaveLength(5000);
  });

  it('is the same every time', async () => {
    expect(await page(reportOf())).toBe(await page(reportOf()));
  });

  it('says that it was the sandbox that answered', async () => {
    expect(textOf(await page(reportOf(accounts, { simulated: true })))).toContain('this organization is a sandbox');
    expect(textOf(await page(reportOf()))).not.toContain('sandbox,');
  });

  it('speaks of newcomers only where a reading told when accounts joined', async () => {
    expect(await page(reportOf())).not.toContain('id="newcomers"');
    const joined = [
      { ...account('1', 'made'), joinedAt: '2026-01-20T00:00:00.000Z', joinedMethod: 'CREATED' as const },
      { ...account('2', 'asked'), joinedAt: '2026-01-10T00:00:00.000Z', joinedMethod: 'INVITED' as const },
      {
        ...payments,
        id: '3',
        name: 'bringing',
        joinedAt: '2025-12-10T00:00:00.000Z',
        joinedMethod: 'INVITED' as const,
      },
      { ...account('4', 'old'), joinedAt: '2020-01-10T00:00:00.000Z', joinedMethod: 'INVITED' as const },
    ];
    const section = /<section id="newcomers".*?<\/section>/s.exec(await page(reportOf(joined)))?.[0] ?? '';
    expect([...section.matchAll(/href="#a(\d)"/g)].map(([, id]) => id)).toEqual(['3', '2', '1']);
  });

  it('tells what a run removed, with its evidence, and what was left', async () => {
    const text = textOf(await page(reportOf(accounts, { run, before })));
    expect(text).toContain('2 root credentials deleted in 1 account.');
    expect(text).toContain('8f2a1c1e-0000-4000-8000-000000000001');
    expect(text).toContain('before: 2 access keys, signing certificate, password, 2 MFA devices');
    expect(text).toContain('password not deleted: not authorized to perform: iam:DeleteLoginProfile (AccessDenied)');
  });

  it('tells of a period when accounts became clean, what came back and which reading was cut short', async () => {
    const all = manyAccounts(100);
    const html = await page(reportOf(all, period(all)));
    const section = textOf(/<section id="period".*?<\/section>/s.exec(html)?.[0] ?? '');
    expect(section).toContain('5 readings from 1 Oct 2025, 09:30 UTC to 31 Jan 2026, 09:30 UTC.');
    expect(section).toContain('cut short');
    expect(section).toMatch(/came back Account Read at \S+ \d{12} 1 Nov 2025, 09:30 UTC/);
    expect(section).toMatch(/became clean Account Clean since \S+ \d{12} 31 Jan 2026, 09:30 UTC/);
    expect(textOf(html)).toContain(
      'payments-prod (123456789012) has root credentials now: + access key AKIAQEXAMPLEEXAMPDKT',
    );
  });

  it('has of each account every control once, those with one verdict for one reason together', async () => {
    const document = reportOf();
    const html = await page(document);
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}');
    for (const assessment of data.assessments) {
      const controls = assessment.flatMap((finding: { controls: readonly number[] }) => finding.controls);
      const ofAccounts = document.controls.flatMap(({ subject }, index) =>
        subject === 'centralized-root-access' ? [] : [index],
      );
      expect([...controls].sort((left, right) => left - right)).toEqual(ofAccounts);
    }
  });

  it('speaks Japanese', async () => {
    const all = manyAccounts(100);
    const html = await page(reportOf(all, { run, before, ...period(all) }), 'ja');
    expect(html).toContain('<html lang="ja">');
    expect(headline(html)).toMatch(
      /^残っています。メンバーアカウント \d+ 個のうち少なくとも \d+ 個に、ルートユーザー認証情報が存在します。/,
    );
    const english = (await loadReportPage('en')).script;
    const japanese = (await loadReportPage('ja')).script;
    for (const [key, text] of Object.entries(english.columns).filter(([name]) => name !== 'unit'))
      expect(Object(japanese.columns)[key]).not.toBe(text);
    expect(html).toContain('2026年1月31日 09:30 UTC');
  });
});

describe('what came from AWS', () => {
  it('is text wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async (name) => {
        const hostile = `</script><!--${name}"'><script>`;
        const all = [{ ...payments, name: hostile, email: hostile, path: 'o-exampleorgid/r-root/ou-x/' }];
        const html = await page(reportOf(all), 'en', { ouNames: new Map([['ou-x', hostile]]) });
        expect(html.match(/<script/g)).toHaveLength(3);
        expect(html.match(/<\/script>/g)).toHaveLength(3);
        expect(html).not.toContain('<!--');
        expect(html.replaceAll('\n', '')).not.toMatch(steering);
      }),
      { numRuns: 40 },
    );
  });

  it('is data again when the page reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = jsonInHtml(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });

  it('ends neither an attribute nor an element', () => {
    expect(htmlOf(h('p', { title: `"'<>&`, hidden: true, class: null }, `"'<>&`, h('br')))).toBe(
      '<p title="&quot;&#39;&lt;&gt;&amp;" hidden>&quot;&#39;&lt;&gt;&amp;<br></p>',
    );
  });
});
