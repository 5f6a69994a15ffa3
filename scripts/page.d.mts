/** Names of src/render/html/assets.ts, each with the JSON that stands for it. */
export function pageDefines(): Promise<Readonly<Record<string, string>>>;
