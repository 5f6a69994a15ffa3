/** The choices of `--output`, for whoever lays out flags and needs no format to do so. */
export const formatNames = ['table', 'json', 'ndjson', 'csv', 'markdown', 'sarif', 'html'] as const;
export type FormatName = (typeof formatNames)[number];

export const isFormatName = (name: string): name is FormatName => formatNames.some((known) => known === name);
