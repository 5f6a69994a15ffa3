/**
 * A text with wildcards: `*` is any run of characters (also none), `?` is exactly one character.
 * `literals` lists the positions (UTF-16 indexes into `text`) whose `*` or `?` stands for itself, because it came from
 * a policy variable and was not written by the policy's author.
 */
export interface Glob {
  readonly text: string;
  readonly literals?: ReadonlySet<number>;
}

export interface GlobOptions {
  /** Compare without regard to case. Unset: the case counts. */
  readonly ignoreCase?: boolean;
}

/**
 * Whether `text` as a whole matches `pattern`. The work is at most pattern × text steps whatever the pattern says:
 * no regular expression is built from it, so no policy or account name can make this slow.
 */
export function matchesGlob(pattern: string, text: string, options: GlobOptions = {}): boolean {
  if (pattern === '*') return true;
  return options.ignoreCase === true
    ? match({ text: pattern.toLowerCase() }, text.toLowerCase())
    : match({ text: pattern }, text);
}

/** Like {@link matchesGlob}, for a pattern in which some wildcards are literal. The case counts. */
export function matchesLiteralGlob(pattern: Glob, text: string): boolean {
  return match(pattern, text);
}

/** Greedy matching: only the last `*` is ever revisited, which is enough, since an earlier one could not do better. */
function match({ text: pattern, literals }: Glob, text: string): boolean {
  const isWild = (at: number, wildcard: string) => pattern[at] === wildcard && literals?.has(at) !== true;
  let p = 0;
  let t = 0;
  let lastStar = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (isWild(p, '*')) {
      lastStar = p;
      p += 1;
      resumeAt = t;
    } else if (isWild(p, '?')) {
      p += 1;
      t += characterLength(text, t);
    } else if (pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (lastStar >= 0) {
      resumeAt += characterLength(text, resumeAt);
      p = lastStar + 1;
      t = resumeAt;
    } else {
      return false;
    }
  }
  while (isWild(p, '*')) p += 1;
  return p === pattern.length;
}

/** 2 for a character outside the basic plane (an emoji in an account name), else 1. */
function characterLength(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
