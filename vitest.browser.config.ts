import { defineConfig } from 'vitest/config';
import { pageDefines } from './scripts/page.mjs';

/** The HTML report in a real browser, which `npm test` does without: `npm run browser`. */
export default defineConfig({
  define: { ...(await pageDefines()) },
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
