/** Put in by the build, like the version: what the page brings along, bundled and minified by `scripts/page.mjs`. */
declare const __REPORT_SCRIPT__: string;
declare const __REPORT_STYLE__: string;
/** `sha256-…`, over exactly the text between the tags: by it the page's CSP allows each. */
declare const __REPORT_SCRIPT_HASH__: string;
declare const __REPORT_STYLE_HASH__: string;

export const pageAssets = () => ({
  script: __REPORT_SCRIPT__,
  style: __REPORT_STYLE__,
  scriptHash: __REPORT_SCRIPT_HASH__,
  styleHash: __REPORT_STYLE_HASH__,
});
