import type { RuleName } from '../problems/index.ts';

/** The environment, as it is handed over. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A flag, as something that a variable, and perhaps a file, may set as well. */
export interface Setting {
  /** Such as `delete` or `runs resume`; null: of every command. */
  readonly command: string | null;
  /** Such as `max-accounts`, without the dashes. */
  readonly flag: string;
  readonly takes: 'nothing' | 'a-value' | 'values';
  /** What a value must be; null: any text, or what only the flag's own reader knows. */
  readonly rule: { readonly name: RuleName; readonly limits: readonly string[] } | null;
  /** What its help says. */
  readonly about: string;
  /** What holds where nobody says anything, in the words of the help; null: nothing does. */
  readonly preset: string | null;
  /** @throws ProblemError for what its flag would not take either. */
  readonly read: (text: string) => unknown;
}

/** Every flag has its variable; the commands that have the flag share it. */
export const variableOf = ({ flag }: Pick<Setting, 'flag'>): string =>
  `ROOTCTL_${flag.replaceAll('-', '_').toUpperCase()}`;

/** Read by others than a flag: by the shell that looks for a pager, by scripts that install a version. */
const otherVariables: readonly string[] = ['ROOTCTL_PAGER', 'ROOTCTL_VERSION'];

/** Variables that look like rootctl's and are not. A mistyped one would leave a limit out that somebody relies on. */
export function strangeVariables(
  env: Variables,
  settings: readonly Setting[],
): { readonly strange: readonly string[]; readonly known: readonly string[] } {
  const known = [...new Set([...settings.map(variableOf), ...otherVariables])];
  const strange = Object.keys(env).filter((name) => name.startsWith('ROOTCTL_') && !known.includes(name));
  return { strange: strange.sort(), known };
}

/** Where a file may say it: `near` is the working folder's, which may be somebody else's. */
type Place = 'home-or-near' | 'home';

/**
 * What a configuration file may set. What is not named here it may not: a file that lies in the working folder, perhaps
 * unseen, confirms no deletion, widens no selection, and chooses neither plan nor policy. What would loosen a limit,
 * leave accounts out of what is shown, or send requests elsewhere, counts in the person's own file alone.
 */
const ofEveryCommand: Readonly<Record<string, Place>> = {
  profile: 'home-or-near',
  region: 'home-or-near',
  'endpoint-url': 'home',
  output: 'home-or-near',
  lang: 'home-or-near',
  concurrency: 'home-or-near',
  rate: 'home-or-near',
  timeout: 'home-or-near',
  quiet: 'home',
  debug: 'home',
  'no-color': 'home-or-near',
  'no-pager': 'home-or-near',
};
const ofCommands: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  status: {
    check: 'home-or-near',
    baseline: 'home',
    sort: 'home-or-near',
    columns: 'home-or-near',
    state: 'home',
    wide: 'home-or-near',
    tree: 'home-or-near',
    rows: 'home-or-near',
  },
  delete: {
    only: 'home-or-near',
    org: 'home-or-near',
    'max-accounts': 'home-or-near',
    'unused-for': 'home-or-near',
    'max-failures': 'home',
    'plan-max-age': 'home',
    wait: 'home-or-near',
  },
  'policy iam': { org: 'home-or-near', partition: 'home-or-near' },
  'policy scp': { partition: 'home-or-near' },
  'runs resume': { wait: 'home-or-near' },
  'sandbox start': { port: 'home-or-near' },
  'sandbox reset': { accounts: 'home-or-near', seed: 'home-or-near' },
};

/** Where a file may say it; null: in none. */
export const placeOf = ({ command, flag }: Pick<Setting, 'command' | 'flag'>): Place | null =>
  (command === null ? ofEveryCommand : ofCommands[command])?.[flag] ?? null;

/** The words by which the policy above names settings, to be held against the flags that there are. */
export const presetNames: readonly { readonly command: string | null; readonly flag: string }[] = [
  ...Object.keys(ofEveryCommand).map((flag) => ({ command: null, flag })),
  ...Object.entries(ofCommands).flatMap(([command, flags]) => Object.keys(flags).map((flag) => ({ command, flag }))),
];

/** As a file names it: like the flag, but for one that is older than this rule. */
export const keyOf = ({ command, flag }: Pick<Setting, 'command' | 'flag'>): string =>
  command === null && flag === 'endpoint-url' ? 'endpointUrl' : flag;

/** How a file's key is told, from the top. */
export const keyPathOf = (setting: Pick<Setting, 'command' | 'flag'>): readonly string[] =>
  setting.command === null ? [keyOf(setting)] : ['commands', setting.command, keyOf(setting)];

/**
 * What chooses accounts. Said on the command line, it is the whole choice: what a variable would add to it is left out.
 */
export const inclusions: readonly string[] = ['all', 'accounts', 'ou', 'tag', 'name', 'joined-since'];

/** What decides what a command changes. Where a variable says it, that is told. */
export const decisive: readonly string[] = [
  ...inclusions,
  'yes',
  'plan',
  'only',
  'account',
  'bucket',
  'queue',
  'delete-policy',
  'put-policy',
  'delegated-admin',
  'trusted-access',
];
