import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** `CHROMIUM`, or the first that the PATH has. */
export function chromiumPath(): string {
  const told = process.env['CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = told ?? folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  if (found === undefined || !existsSync(found))
    throw new Error(
      'The browser tests need Chromium: install it (Debian: apt-get install chromium), or name it in CHROMIUM.',
    );
  return found;
}

/** Nothing is looked up, updated or asked for by the browser itself. */
export const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
