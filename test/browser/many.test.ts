import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manyAccounts, manyUnitNames, reportOf } from '../render/reports.ts';
import { launch, open } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('10,000 accounts make a page of no more elements than 600, whatever is searched, sorted and leafed through', async () => {
  const count = (accounts: number) =>
    open(browser, reportOf(manyAccounts(accounts)), { view: { ouNames: manyUnitNames } });
  const few = await count(600);
  const elements = await few.page.evaluate(() => document.querySelectorAll('*').length);
  await few.close();
  const { page, complaints, close } = await count(10_000);
  const now = () => page.evaluate(() => document.querySelectorAll('*').length);
  // More pieces of data, and nothing else.
  expect(await now()).toBeLessThan(elements + 200);
  expect(await page.locator('#rows tr').count()).toBe(100);
  await page.getByRole('button', { name: 'Last used' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('searchbox').fill('ledger');
  await expect.poll(() => page.locator('#shown').textContent()).toBe('1,000 of 10,000 accounts');
  expect(await page.locator('#rows tr').count()).toBe(100);
  expect(await now()).toBeLessThan(elements + 200);
  expect(complaints).toEqual([]);
  await close();
});
