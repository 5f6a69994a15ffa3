/** What the command line knows of a kind of root credential: it needs no schema of it. */
export interface NamedKind<Name extends string = string> {
  readonly name: Name;
  /** As `--only` spells it: the plural. */
  readonly flag: string;
  readonly rank: { readonly shown: number };
}

const named = <const Name extends string>(name: Name, flag: string, shown: number): NamedKind<Name> => ({
  name,
  flag,
  rank: { shown },
});

/** In the order in which an account's credentials are removed; `shown`: their place among the columns that people see. */
export const kindNames = {
  'access-key': named('access-key', 'access-keys', 2),
  'signing-certificate': named('signing-certificate', 'signing-certificates', 3),
  'login-profile': named('login-profile', 'login-profile', 1),
  'mfa-device': named('mfa-device', 'mfa-devices', 4),
};

/** In the order in which people see them. */
export const asShown = <Kind extends Pick<NamedKind, 'rank'>>(kinds: Readonly<Record<string, Kind>>): readonly Kind[] =>
  Object.values(kinds).sort((left, right) => left.rank.shown - right.rank.shown);
