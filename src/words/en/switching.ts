/** One thing that is switched. */
export type Switched =
  | { readonly what: 'trusted-access' | 'root-credentials-management' | 'root-sessions' }
  | { readonly what: 'delegated-administrator'; readonly account: string };

const names = {
  'trusted-access': 'trusted access for IAM',
  'root-credentials-management': 'root credentials management',
  'root-sessions': 'root sessions',
  'delegated-administrator': 'delegated administrator',
};

const named = (one: Switched): string =>
  one.what === 'delegated-administrator' ? `${names[one.what]} ${one.account}` : names[one.what];

/** About the switches of centralized root access: what they are called, and what `enable` and `disable` say. */
export const switching = {
  names,
  /** Nobody is delegated administrator. */
  nobody: 'none',
  before: 'before',
  now: 'now',
  wouldBe: 'would be',
  willTurnOff: (off: readonly Switched[]) =>
    `This will turn off: ${off.map(named).join(', ')}. No credential will be deleted or restored.`,
  stopped: (why: string, hint: string | null) => `Stopped: ${why}${hint === null ? '' : `. ${hint}`}`,
  dryRun: 'This is a dry run: nothing was changed.',
  dryRunOfNothing: 'Nothing would change: everything is already set this way.',
  disabled: 'Nothing was deleted or restored in the member accounts.',
  unchanged: 'Nothing changed: everything was already set this way.',
  enabled: 'Enabled. No credential was deleted.',
  /** @param verdict one of the sentences above. */
  next: (verdict: string, command: string) => `${verdict} next: ${command}`,
};
