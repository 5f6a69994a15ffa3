/** What `__REPORT_PAGE__` stands for. */
export function pageAssets(): Promise<{
  readonly script: string;
  readonly style: string;
  readonly scriptHash: string;
  readonly styleHash: string;
}>;
