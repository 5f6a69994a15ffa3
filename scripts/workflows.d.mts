export function problemsOf(path: string, text: string): readonly string[];
export function disagreements(texts: ReadonlyMap<string, string>): readonly string[];
