import type { Cure } from '../problems/index.ts';

/** Flags that lead back to the organization that the command was about: `--sandbox`, or `--profile audit`. */
export type LeadBack = readonly string[];

/** The one place where a cure becomes what can be pasted. Only commands of rootctl take the flags that lead back. */
export function commandLine(cure: Cure, leadBack: LeadBack): string {
  if ('shell' in cure) return cure.shell;
  if ('aws' in cure) return ['aws', ...cure.aws].map(shellWord).join(' ');
  const flags = withoutOrganization.has(cure.rootctl[0] ?? '') ? [] : unsaid(leadBack, cure.rootctl);
  return ['rootctl', ...cure.rootctl, ...flags].map(shellWord).join(' ');
}

/** Without the flags that the command gives itself, and their values: a queue's region is the queue's. */
function unsaid(leadBack: LeadBack, said: readonly string[]): readonly string[] {
  let isSaid = false;
  return leadBack.filter((word) => {
    if (word.startsWith('--')) isSaid = said.includes(word);
    return !isSaid;
  });
}

/** These print the same whichever organization is meant. */
const withoutOrganization: ReadonlySet<string> = new Set(['policy', 'explain', 'help', 'completion', 'sandbox']);

/** A word of a command to paste, quoted when the shell would take it apart. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
