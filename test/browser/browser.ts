import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ReportDocument } from '../../src/documents/index.ts';
import { renderReportPage } from '../../src/render/html/report.ts';
import { noPaint } from '../../src/render/style.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, type Language, loadReportPage, loadWords } from '../../src/words/index.ts';
import { nowMs, ouNames } from '../render/story.ts';
import { english } from '../support/speech.ts';
import { chromiumPath, quietFlags } from './chromium.ts';

/** The report in a real browser, and what went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Everything that the page printed, threw or asked for, beside itself. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  readonly language?: Language;
  readonly view?: Partial<View>;
  readonly hash?: string;
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: quietFlags, headless: true });

export async function reportHtml(
  document: ReportDocument,
  { language = 'en', view = {} }: Pick<OpenOptions, 'language' | 'view'> = {},
): Promise<string> {
  const speech = createSpeech(await loadWords(language), []);
  const whole = { columns: 160, nowMs, paint: noPaint, speech, english, ouNames, ...view };
  return [...renderReportPage(document, whole, await loadReportPage(language))].join('');
}

/** Opens a report from a file, as people do. */
export async function open(browser: Browser, document: ReportDocument, options: OpenOptions = {}): Promise<Opened> {
  const { language, view, hash = '', ...context } = options;
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-report-'));
  const file = join(folder, 'report.html');
  await writeFile(file, await reportHtml(document, { ...(language && { language }), ...(view && { view }) }));
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context });
  const address = `${pathToFileURL(file)}${hash}`;
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (protocol !== 'data:' && request.url().split('#')[0] !== address.split('#')[0])
      complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return {
    page,
    complaints,
    close: async () => {
      await page.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
