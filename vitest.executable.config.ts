import { defineConfig } from 'vitest/config';
import { schemaDefines } from './scripts/packed-schemas.mjs';
import { pageDefines } from './scripts/page.mjs';

/** The executable, with what tests the program itself: `npm run executable && npm run try-executable`. */
export default defineConfig({
  define: { ...(await pageDefines()), ...schemaDefines() },
  test: {
    include: ['test/executable/**/*.test.ts', 'test/journeys/{main-job,config}.test.ts'],
    globalSetup: ['test/executable/global-setup.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
