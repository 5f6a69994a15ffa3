/** The name of src/library/schemas.ts, with the JSON that stands for it. */
export function schemaDefines(): Readonly<Record<string, string>>;
