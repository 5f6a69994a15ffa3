// Bundles what the HTML report brings along, its script and its style, and takes their hashes for the page's
// Content-Security-Policy. Whatever builds or runs src/render/html defines
// these names. Texts, since an object would be in every start.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '../src/render/html/page');

export async function pageDefines() {
  const { outputFiles } = await build({
    entryPoints: { script: join(folder, 'main.ts'), style: join(folder, 'page.css') },
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    // Browsers of 2024 and later: `light-dark()` came then. CSS is left as it is written.
    target: ['es2022'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  const [script, style] = [textOf('script.js'), textOf('style.css')];
  // Either would end the element, or let a later `</script>` not end it.
  for (const text of [script, style]) {
    if (/<\/(?:script|style)|<!--|<script/iu.test(text)) throw new Error('the page would end its own element');
  }
  const defines = {
    __REPORT_SCRIPT__: script,
    __REPORT_STYLE__: style,
    __REPORT_SCRIPT_HASH__: hashOf(script),
    __REPORT_STYLE_HASH__: hashOf(style),
  };
  return Object.fromEntries(Object.entries(defines).map(([name, text]) => [name, JSON.stringify(text)]));
}

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
