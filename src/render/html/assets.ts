/** What the page brings along, bundled and minified by `scripts/page.mjs`, each with the hash by which its CSP allows it. */
interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** `sha256-…`, over exactly the text between the tags. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

/** Put in by the build, like the version. */
declare const __REPORT_PAGE__: PageAssets;

export const pageAssets = (): PageAssets => __REPORT_PAGE__;
