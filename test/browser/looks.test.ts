import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { before, manyAccounts, manyUnitNames, period, reportOf, run } from '../render/reports.ts';
import { launch, open } from './browser.ts';

const accounts = manyAccounts(300);
const report = reportOf(accounts, { run, before, ...period(accounts) });
const view = { ouNames: manyUnitNames };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** What axe finds, by its rule and the first element. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe.source });
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.length + ' × ' + nodes[0].html.slice(0, 160)))`);
}

describe('the page for everybody', () => {
  const looks = (['en', 'ja'] as const).flatMap((language) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1280, 390].map((width) => ({ language, colorScheme, width })),
    ),
  );
  it.each(looks)('has nothing that axe objects to: $language, $colorScheme, $width', async ({ width, ...look }) => {
    // Axe is injected, which the page's policy refuses as it should.
    const options = { ...look, view, viewport: { width, height: 900 }, bypassCSP: true };
    const { page, complaints, close } = await open(browser, report, options);
    await page.locator('.opener').first().click();
    await openAll(page);
    await page.locator('.chip').first().click();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(complaints).toEqual([]);
    await close();
  });

  it('would be objected to without a language', async () => {
    const { page, close } = await open(browser, report, { view, bypassCSP: true });
    await page.evaluate(() => document.documentElement.removeAttribute('lang'));
    expect(await violations(page)).toEqual([expect.stringMatching(/^html-has-lang: /)]);
    await close();
  });

  it.each(['en', 'ja'] as const)('names its language and its parts: %s', async (language) => {
    const { page, close } = await open(browser, report, { language, view });
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    for (const role of ['banner', 'main', 'search'] as const) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('status').count()).toBe(1);
    expect(await page.locator('table:not(:has(caption))').count()).toBe(0);
    await close();
  });

  it('says the verdict first, in both languages', async () => {
    for (const [language, first] of [
      ['en', /^No\. At least \d+ of \d+ member accounts hold root credentials: \d+ could not be read\.$/],
      ['ja', /^残っています。メンバーアカウント \d+ 個のうち少なくとも \d+ 個に、/],
    ] as const) {
      const { page, close } = await open(browser, report, { language, view });
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(first);
      await close();
    }
  });
});

describe('the theme', () => {
  const ground = (page: Page) => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);

  it.each(['light', 'dark'] as const)('follows the system, %s, and can be changed', async (colorScheme) => {
    const { page, complaints, close } = await open(browser, report, { colorScheme, view });
    const button = page.locator('#theme');
    const own = await ground(page);
    const other = colorScheme === 'light' ? 'Dark' : 'Light';
    expect(await button.textContent()).toBe(other);
    await button.click();
    const changed = await ground(page);
    expect(changed).not.toBe(own);
    expect(await button.textContent()).toBe(other === 'Dark' ? 'Light' : 'Dark');
    await button.click();
    expect(await ground(page)).toBe(own);
    expect(complaints).toEqual([]);
    await close();
  });

  it('changes with the system while nobody has chosen', async () => {
    const { page, close } = await open(browser, report, { colorScheme: 'light', view });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => page.locator('#theme').textContent()).toBe('Light');
    await close();
  });
});

describe('on paper', () => {
  it('all that matches is printed, light, without what cannot be pressed, and the screen is as it was', async () => {
    const { page, complaints, close } = await open(browser, report, { colorScheme: 'dark', view });
    await page.getByRole('button', { name: 'Next' }).click();
    const range = await page.locator('#range').textContent();
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        const folded = document.querySelectorAll('details:not([open])').length;
        document.title = `${document.querySelectorAll('#rows .row').length} rows, ${folded} folded`;
      });
    });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.title()).toBe('300 rows, 0 folded');
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    expect(await page.locator('#range').textContent()).toBe(range);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('.toolbar').isVisible()).toBe(false);
    expect(await page.locator('.contents').isVisible()).toBe(false);
    expect(await page.locator('#verdict-heading').isVisible()).toBe(true);
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect(complaints).toEqual([]);
    await close();
  });

  it('is offered by a button', async () => {
    const { page, close } = await open(browser, report, { view });
    await page.evaluate(() => {
      window.print = () => {
        document.title = 'asked';
      };
    });
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.title()).toBe('asked');
    await close();
  });
});

describe('without JavaScript', () => {
  it('the verdict, the totals, the first accounts and what is missing are there', async () => {
    const { page, complaints, close } = await open(browser, report, { javaScriptEnabled: false, view });
    expect(await page.locator('#verdict-heading').isVisible()).toBe(true);
    expect(await page.locator('#overview .tile').count()).toBe(4);
    expect(await page.locator('#rows .row').count()).toBe(50);
    expect(await page.locator('#rows .details .credentials').first().isVisible()).toBe(true);
    expect(await page.locator('noscript p').isVisible()).toBe(true);
    expect(await page.locator('noscript').textContent()).toContain('the first 50 of 300 accounts');
    for (const part of ['.toolbar', '.pager', '.tools']) expect(await page.locator(part).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });
});
