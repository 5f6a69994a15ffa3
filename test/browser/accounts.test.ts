import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manyAccounts, manyUnitNames, reportOf } from '../render/reports.ts';
import { launch, type Opened, type OpenOptions, open } from './browser.ts';

const accounts = manyAccounts(600);
const report = reportOf(accounts);
const of = (status: string) => accounts.filter((account) => account.status === status);

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  const { complaints } = opened;
  await opened.close();
  expect(complaints).toEqual([]);
});

async function show(options: OpenOptions = {}): Promise<Page> {
  opened = await open(browser, report, { ...options, view: { ouNames: manyUnitNames } });
  return opened.page;
}

const names = (page: Page) => page.locator('#rows .row .name').allTextContents();
const shown = (page: Page) => page.locator('#shown').textContent();
const status = (page: Page, name: string) => page.locator('.toolbar').getByRole('button', { name });

describe('the list of accounts', () => {
  it('shows what matters first, a page at a time', async () => {
    const page = await show();
    expect(await shown(page)).toBe('600 accounts');
    expect(await page.locator('#rows .row').count()).toBe(100);
    const marks = await page.locator('#rows .row .mark').allTextContents();
    expect(marks.slice(0, of('present').length)).toEqual(of('present').map(() => 'present'));
    expect(marks[of('present').length]).toBe('unknown');
    expect(await page.locator('#range').textContent()).toBe('1–100 of 600');
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await page.locator('#range').textContent()).toBe('101–200 of 600');
    await page.getByRole('button', { name: 'Previous' }).click();
    expect(await page.locator('#range').textContent()).toBe('1–100 of 600');
    expect(await page.getByRole('button', { name: 'Previous' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Previous' }).click({ force: true });
    expect(await page.locator('#range').textContent()).toBe('1–100 of 600');
  });

  it('ends with a page that is not full', async () => {
    const page = await show();
    for (let leaf = 0; leaf < 7; leaf += 1) await page.getByRole('button', { name: 'Next' }).click({ force: true });
    expect(await page.locator('#range').textContent()).toBe('501–600 of 600');
    expect(await page.getByRole('button', { name: 'Next' }).getAttribute('aria-disabled')).toBe('true');
  });

  it.each([
    ['a name', 'ledger-dev-503', ['ledger-dev-503']],
    ['an id', '200000007919', ['billing-test-2']],
    ['an e-mail address', 'root+200000007919@', ['billing-test-2']],
    ['a name, whatever its case and width', 'ＬＥＤＧＥＲ-dev-503', ['ledger-dev-503']],
    ['a Japanese name', '監査 test-10', ['監査ログ-test-10']],
  ])('is searched by %s', async (_, text, found) => {
    const page = await show();
    await page.getByRole('searchbox').fill(text);
    await expect.poll(async () => (await names(page)).slice(0, found.length)).toEqual(found);
  });

  it('is searched by the id of a key, and by OU', async () => {
    const page = await show();
    await page.getByRole('searchbox').fill('AKIAQEXAMPLEEXAMPDKT');
    const holders = accounts.filter(({ credentials }) => credentials?.accessKeys?.length).length;
    await expect.poll(() => shown(page)).toBe(`${holders} of 600 accounts`);
    await page.getByRole('searchbox').fill('workloads/prod');
    await expect.poll(() => shown(page)).toBe('75 of 600 accounts');
  });

  it('says so when nothing matches, and shows all again', async () => {
    const page = await show();
    await page.getByRole('searchbox').fill('no such account');
    await expect.poll(() => shown(page)).toBe('0 of 600 accounts');
    expect(await page.locator('#rows').textContent()).toBe('No account matches.');
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await shown(page)).toBe('600 accounts');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    expect(await page.locator('#search').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await page.getByRole('button', { name: 'Show all' }).isVisible()).toBe(false);
  });

  it('is filtered by status, several at once', async () => {
    const page = await show();
    await status(page, 'unknown').click();
    expect(await shown(page)).toBe(`${of('unknown').length} of 600 accounts`);
    expect(await status(page, 'unknown').getAttribute('aria-pressed')).toBe('true');
    await status(page, 'skipped').click();
    expect(await shown(page)).toBe(`${of('unknown').length + of('skipped').length} of 600 accounts`);
    await status(page, 'unknown').click();
    expect(await shown(page)).toBe(`${of('skipped').length} of 600 accounts`);
    expect(await page.locator('#rows .mark').first().textContent()).toBe('skipped');
  });

  it('is filtered by OU, with all below it', async () => {
    const page = await show();
    await page.getByLabel('OU', { exact: true }).selectOption('Workloads');
    expect(await shown(page)).toBe('150 of 600 accounts');
    await page.getByLabel('OU', { exact: true }).selectOption('Workloads/Test');
    expect(await shown(page)).toBe('75 of 600 accounts');
    await page.getByLabel('OU', { exact: true }).selectOption('');
    expect(await shown(page)).toBe('600 accounts');
  });

  it('is sorted by each column, and back to what matters first', async () => {
    const page = await show();
    const before = await names(page);
    const heading = page.locator('thead .c-account');
    const byName = heading.getByRole('button');
    await byName.click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect((await names(page))[0]).toBe('billing-sandbox-12');
    await byName.click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect((await names(page))[0]).toBe('監査ログ-test-590');
    await byName.click();
    expect(await heading.getAttribute('aria-sort')).toBe('none');
    expect(await names(page)).toEqual(before);
    await page.getByRole('button', { name: 'Last used' }).click();
    expect(await page.locator('thead .c-lastUsed').getAttribute('aria-sort')).toBe('descending');
    expect(await page.locator('[aria-sort]:not([aria-sort=none])').count()).toBe(1);
    const latest = [...accounts].sort((left, right) =>
      (left.lastUsedAt ?? '') < (right.lastUsedAt ?? '') ? 1 : -1,
    )[0];
    expect((await names(page))[0]).toBe(latest?.name);
    for (const name of ['OU', 'Root', 'Credentials'])
      await page.locator('thead').getByRole('button', { name }).last().click();
    expect(await page.locator('thead .c-credentials').getAttribute('aria-sort')).toBe('descending');
  });

  it('opens the details of an account, and keeps them open over leaves and sorting', async () => {
    const page = await show();
    const opener = page.locator('.opener').first();
    const id = (await opener.getAttribute('data-account')) ?? '';
    await opener.click();
    expect(await opener.getAttribute('aria-expanded')).toBe('true');
    const details = page.locator(`#d${id}`);
    expect(await details.textContent()).toContain(`root+${id}@example.com`);
    expect(await details.locator('.credentials li').count()).toBeGreaterThan(0);
    expect(await details.locator('.findings li').count()).toBeGreaterThan(1);
    expect(await opener.getAttribute('aria-controls')).toBe(`d${id}`);
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await details.count()).toBe(0);
    await page.getByRole('button', { name: 'Previous' }).click();
    expect(await details.count()).toBe(1);
    await page.locator('.opener').first().click();
    expect(await details.count()).toBe(0);
    expect(await page.locator('.opener').first().getAttribute('aria-expanded')).toBe('false');
  });

  it('is led to from the totals, the OUs and the controls', async () => {
    const page = await show();
    await page.locator('#overview').getByRole('link', { name: 'unknown' }).click();
    expect(await shown(page)).toBe(`${of('unknown').length} of 600 accounts`);
    expect(await page.locator('#accounts-heading').evaluate((one) => one === document.activeElement)).toBe(true);
    await page.locator('#units').getByRole('link', { name: 'Acquired' }).click();
    expect(await shown(page)).toBe('75 of 600 accounts');
    const count = page.locator('#controls a[data-verdict=failed]').first();
    const failed = await count.textContent();
    await count.click();
    expect(await shown(page)).toBe(`${failed} of 600 accounts`);
    const chosen = page.locator('#control');
    expect(await chosen.textContent()).toContain('failed');
    await chosen.click();
    expect(await shown(page)).toBe('600 accounts');
    expect(await chosen.isVisible()).toBe(false);
  });

  it('shows the account that the address names', async () => {
    const page = await show({ hash: '#a200000007919' });
    expect(await names(page)).toEqual(['billing-test-2']);
    expect(await page.locator('#d200000007919').count()).toBe(1);
    await page.evaluate(() => {
      location.hash = '#a200000015838';
    });
    await expect.poll(() => names(page)).toEqual(['ledger-dev-3']);
    await page.evaluate(() => {
      location.hash = '#a999999999999';
    });
    expect(await names(page)).toEqual(['ledger-dev-3']);
  });
});

describe('the keyboard', () => {
  it('goes to the search with a slash, and empties it with Escape', async () => {
    const page = await show();
    await page.keyboard.press('/');
    await page.keyboard.type('ledger-dev-503');
    expect(await page.getByRole('searchbox').inputValue()).toBe('ledger-dev-503');
    await expect.poll(async () => (await names(page))[0]).toBe('ledger-dev-503');
    await page.keyboard.type('/');
    expect(await page.getByRole('searchbox').inputValue()).toBe('ledger-dev-503/');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    expect(await shown(page)).toBe('600 accounts');
  });

  it('skips to the accounts, sorts and opens', async () => {
    const page = await show();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the accounts');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
    await page.locator('thead .c-account button').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('thead .c-account').getAttribute('aria-sort')).toBe('ascending');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Account');
    await page.locator('.opener').first().focus();
    await page.keyboard.press('Space');
    expect(await page.locator('.opener').first().getAttribute('aria-expanded')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('opener');
  });

  it('shows where it is', async () => {
    const page = await show();
    await page.keyboard.press('/');
    expect(await page.locator('#search').evaluate((field) => getComputedStyle(field).outlineStyle)).toBe('solid');
  });
});
