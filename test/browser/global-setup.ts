import { chromiumPath } from './chromium.ts';

/** Without a browser nothing was tested, and that is no success. */
export function setup(): void {
  chromiumPath();
}
