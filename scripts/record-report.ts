/**
 * Draws the pictures of the HTML report: a made-up organization in headless Chromium, in both languages and themes, on a
 * desk and on a telephone. `npm run record-report`.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch, open } from '../test/browser/browser.ts';
import { before, manyAccounts, manyUnitNames, period, reportOf, run } from '../test/render/reports.ts';

const desk = { width: 1280, height: 860 };
const telephone = { width: 390, height: 844 };
const folder = join('docs', 'images');

async function showAccounts(page: Page): Promise<void> {
  await page.locator('.opener').nth(1).click();
  await page.locator('#accounts').evaluate((section) => section.scrollIntoView());
}

const pictures = [
  { file: 'report.png', language: 'en', colorScheme: 'light', viewport: desk },
  { file: 'report-accounts.png', language: 'en', colorScheme: 'dark', viewport: desk, prepare: showAccounts },
  { file: 'ja/report.png', language: 'ja', colorScheme: 'light', viewport: desk },
  { file: 'ja/report-telephone.png', language: 'ja', colorScheme: 'dark', viewport: telephone },
] as const;

const accounts = manyAccounts(600);
const document = reportOf(accounts, { run, before, ...period(accounts) });
const browser = await launch();
for (const { file, ...picture } of pictures) {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  const { page, close } = await open(browser, document, { ...picture, view: { ouNames: manyUnitNames } });
  if ('prepare' in picture) await picture.prepare(page);
  await page.screenshot({ path });
  await close();
  process.stdout.write(`${path}\n`);
}
await browser.close();
