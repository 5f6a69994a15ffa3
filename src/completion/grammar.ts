/** What a word can be completed to. What lists hold is read from the cached listing when somebody presses TAB. */
export type Offer =
  /** A value that nobody can guess. */
  | { readonly offer: 'nothing' }
  /** One of these; `list`: several of them, with commas. None of them has a character that a shell takes apart. */
  | { readonly offer: 'words' | 'list'; readonly words: readonly string[] }
  | { readonly offer: 'files' }
  /** `WORD=FILE`. */
  | { readonly offer: 'written'; readonly words: readonly string[] }
  /** Account ids; `account-lists`: several with commas, or `@FILE`. */
  | { readonly offer: 'accounts' | 'account-lists' }
  /** Names of accounts, and OUs by path or id. */
  | { readonly offer: 'names' | 'units' }
  /** Accounts by id and name, and OUs. */
  | { readonly offer: 'exclusions' }
  | { readonly offer: 'organization' }
  /** Ids of the runs of this machine. */
  | { readonly offer: 'runs' };

/** A word, and what it means, in one line. */
export interface Described {
  readonly name: string;
  readonly about: string;
}

export interface Flag {
  /** `-o`, `--output`. */
  readonly names: readonly string[];
  readonly about: string;
  /** null: it takes no value. */
  readonly takes: Offer | null;
}

/** A command, and what may follow it. */
export interface Place {
  /** As it is typed, without the program's name: '' of the program itself, `unlock s3`. */
  readonly path: string;
  readonly commands: readonly Described[];
  /** Its own; those of the program can stand everywhere. */
  readonly flags: readonly Flag[];
  readonly operand: { readonly takes: Offer; readonly isRepeated: boolean } | null;
}

/** All that can be typed: what scripts are made from. The program itself comes first. */
export type Grammar = readonly [Place, ...Place[]];

/** As the scripts hold it: what is offered, then its words. */
export const offerText = (offer: Offer): string =>
  'words' in offer ? [offer.offer, ...offer.words].join(' ') : offer.offer;

/** Commands that have commands. */
export const commandCases = (grammar: Grammar) => grammar.filter(({ commands }) => commands.length > 0);

/** A case of the scripts: what follows these flags, each with the command before it; `*` is any command. */
interface ValueCase {
  readonly keys: readonly { readonly path: string; readonly flag: string }[];
  readonly offer: string;
}

/** Flags that take a value, a command's own first: it may know one of the program's better. */
export function valueCases([program, ...commands]: Grammar): readonly ValueCase[] {
  const casesOf = (path: string, flags: readonly Flag[]): readonly ValueCase[] =>
    flags.flatMap(({ names, takes }) =>
      takes === null ? [] : [{ keys: names.map((flag) => ({ path, flag })), offer: offerText(takes) }],
    );
  return [...commands.flatMap(({ path, flags }) => casesOf(path, flags)), ...casesOf('*', program.flags)];
}

/** What the operands of a command are; `isRepeated`: not only the first. */
export const operandCases = (grammar: Grammar) =>
  grammar.flatMap(({ path, operand }) =>
    operand === null ? [] : [{ path, isRepeated: operand.isRepeated, offer: offerText(operand.takes) }],
  );

/** Each name of the flags that can stand everywhere. */
export const flagsEverywhere = ([program]: Grammar): readonly Described[] => named(program.flags);

/** Each name of the flags that a command has beside them. */
export function flagCases(grammar: Grammar) {
  const [, ...commands] = grammar;
  const everywhere = new Set(flagsEverywhere(grammar).map(({ name }) => name));
  return commands
    .map(({ path, flags }) => ({ path, flags: named(flags).filter(({ name }) => !everywhere.has(name)) }))
    .filter(({ flags }) => flags.length > 0);
}

const named = (flags: readonly Flag[]): readonly Described[] =>
  flags.flatMap(({ names, about }) => names.map((name) => ({ name, about })));
