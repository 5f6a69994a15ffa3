import { defineConfig } from 'vitest/config';
import { schemaDefines } from './scripts/packed-schemas.mjs';
import { pageDefines } from './scripts/page.mjs';

export default defineConfig({
  define: { ...(await pageDefines()), ...schemaDefines() },
  test: {
    include: ['test/**/*.test.ts'],
    // They need a browser (`npm run browser`), or the executable (`npm run try-executable`).
    exclude: ['test/browser/**', 'test/executable/**', '**/node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // As bin/rootctl.js does.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'json-summary', 'html'] },
  },
});
