import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The user's home; '/' for a user who has none, as container runtimes have it. Never a relative one: the configuration
 * of whoever's files are in the working folder would be obeyed as the user's own.
 * @param asks what may know it. The system throws for a user whom it does not know.
 */
export function homeFolder(asks: readonly (() => string)[] = [homedir, () => userInfo().homedir]): string {
  for (const ask of asks) {
    try {
      const folder = ask();
      if (isAbsolute(folder)) return folder;
    } catch {} // the next may know
  }
  return '/';
}

/** XDG Base Directory Specification: a relative path there counts as none. */
export const baseFolder = (given: string | undefined, home: string, ...usual: readonly string[]): string =>
  given !== undefined && isAbsolute(given) ? given : join(home, ...usual);
