export function bundleDeclarations(entry: string): { readonly text: string; readonly hidden: readonly string[] };
