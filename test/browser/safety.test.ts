import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { told } from '../../src/problems/index.ts';
import { hostileNames, steering } from '../render/hostile.ts';
import { before, period, reportOf, run } from '../render/reports.ts';
import { account, legacy, payments } from '../render/story.ts';
import { launch, open, reportHtml } from './browser.ts';

const names = [
  ...hostileNames,
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '--><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt;&#60;i&#62;',
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  ']]>',
  '\u202eevil',
  'مرحبا بالعالم',
  '監査ログ集約アカウント',
  `${'long '.repeat(40)}end`,
  'x'.repeat(400),
];

const hostile = names.map((name, index) => ({
  ...(index % 3 === 0 ? payments : index % 3 === 1 ? legacy : account('0', '')),
  id: `${300_000_000_000 + index}`,
  name,
  email: `${name}@example.com`,
  path: `o-exampleorgid/r-root/ou-${index}/`,
  ...(index % 3 === 1 ? { error: told('AccessDenied', `denied: ${name}`, `ask ${name}`) } : {}),
}));
const ouNames = new Map(names.map((name, index) => [`ou-${index}`, name]));
const document_ = reportOf(hostile, {
  ...period(hostile),
  before: before.map((one) => ({ ...one, name: '</script><img src=x onerror=alert(1)>' })),
  run: {
    ...run,
    accounts: run.accounts.map((one, index) => ({ ...one, name: names[index + 21] ?? '' })),
  },
});

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('names that somebody chose to break a page with', () => {
  it('are text, in every part of it', async () => {
    const { page, complaints, close } = await open(browser, document_, { view: { ouNames } });
    for (const opener of await page.locator('.opener').all()) await opener.click();
    expect(await page.locator('#rows .row').count()).toBe(names.length);
    for (const summary of await page.locator('summary').all()) await summary.click();
    const allowed = await page.evaluate(() => ({
      scripts: document.querySelectorAll('script:not([type="application/json"])').length,
      images: document.querySelectorAll('img, iframe, object, embed, form, base, video, audio').length,
      handlers: [...document.querySelectorAll('*')].filter((one) =>
        one.getAttributeNames().some((name) => name.startsWith('on') || name === 'style'),
      ).length,
      links: [...document.querySelectorAll('a')].filter((one) => !one.getAttribute('href')?.startsWith('#')).length,
    }));
    expect(allowed).toEqual({ scripts: 1, images: 0, handlers: 0, links: 0 });
    // biome-ignore lint/performance/useDomNodeTextContent: what people see is asked, and not what the tree holds
    const text = (await page.locator('body').innerText()).replaceAll('\n', ' ').replaceAll('\t', ' ');
    expect(text).not.toMatch(steering);
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('</script><script>alert(1)</script>');
    expect(text).toContain('\\u202eevil');
    expect(text).toContain('&lt;b&gt;&#60;i&#62;');
    expect(text).toContain('監査ログ集約アカウント');
    expect(complaints).toEqual([]);
    await close();
  });

  it('do not make the page wider than the screen', async () => {
    for (const width of [390, 1280]) {
      const { page, close } = await open(browser, document_, { view: { ouNames }, viewport: { width, height: 800 } });
      for (const opener of await page.locator('.opener').all()) await opener.click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await close();
    }
  });

  it('stand in order where they are written from right to left', async () => {
    const { page, close } = await open(browser, document_, { view: { ouNames } });
    await page.getByRole('searchbox').fill('مرحبا');
    await expect.poll(() => page.locator('#rows .row').count()).toBe(1);
    expect(await page.locator('#rows .name').evaluate((name) => name.tagName)).toBe('BDI');
    await close();
  });
});

describe('the Content-Security-Policy', () => {
  it('runs nothing that was put in later, and loads nothing', async () => {
    const { page, complaints, close } = await open(browser, reportOf());
    const blocked: (string | undefined)[] = [];
    page.on('requestfailed', (request) => blocked.push(request.failure()?.errorText));
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://example.com/x.png';
      document.body.append(image);
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.head.append(style);
    });
    await expect.poll(() => complaints.filter((one) => one.includes('Content Security Policy')).length).toBe(3);
    expect(await page.title()).toBe('Root credentials in o-exampleorgid');
    expect(await page.locator('body').isVisible()).toBe(true);
    expect(blocked).toEqual(['csp']);
    await close();
  });

  it('lets nothing of the page but its own script and style through', async () => {
    const html = await reportHtml(document_, { view: { ouNames } });
    expect(html.match(/<script(?! type="application\/json")/g)).toHaveLength(1);
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(/Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]).toMatch(
      /^default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]+&#39;; style-src &#39;sha256-[\w+/=]+&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
    );
  });
});
