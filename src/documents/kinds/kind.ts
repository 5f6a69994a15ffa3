import * as z from 'zod/mini';
import { type Immutable, timestamp } from '../common.ts';

/** What documents tell of any credential, whatever its kind; a detail that the kind does not have is left out. */
export const credentialFields = {
  id: z.nullable(z.string()),
  status: z.optional(z.enum(['Active', 'Inactive', 'Expired'])),
  type: z.optional(z.enum(['virtual', 'fido', 'hardware'])),
  createdAt: z.optional(z.nullable(timestamp)),
  lastUsedAt: z.optional(z.nullable(timestamp)),
  lastUsedService: z.optional(z.nullable(z.string())),
  lastUsedRegion: z.optional(z.nullable(z.string())),
};
const credential = z.strictObject(credentialFields);
/** One credential; its `id` is null where an account has at most one of the kind. */
export type Credential = Immutable<z.infer<typeof credential>>;
export type CredentialDetail = Exclude<keyof Credential, 'id'>;

/** Several values share one field of a CSV row. */
export type CsvValue = string | number | null | undefined | readonly (string | null)[];

/** What a plan tells of a credential beside its id, in this order; `since` is when it was created. */
export type PlanFact = 'status' | 'type' | 'since' | 'last-use' | 'no-mfa';

type ValueOf<Schema extends z.ZodMiniType> = Immutable<z.infer<Schema>>;

/** The part of an account's credentials that a kind fills: its own field, null when it could not be read. */
type Holding<Field extends string, Schema extends z.ZodMiniType> = {
  readonly [Key in Field]: ValueOf<Schema> | null;
};

/** A number of `GetAccountSummary` that says whether there is any, and the field of the management account that tells it. */
export interface Summed {
  readonly key: string;
  readonly field: string;
}

interface CommonTraits<
  Name extends string,
  Field extends string,
  Schema extends z.ZodMiniType,
  Summary extends Summed,
> {
  readonly name: Name;
  /** As `--only` spells it: the plural. */
  readonly flag: string;
  /** The field of an account's `credentials`, and what stands in it when the kind was read. */
  readonly field: Field;
  readonly schema: Schema;
  /** Its place among the fields of the JSON, and among the columns that people see. A new kind comes last in the JSON. */
  readonly rank: { readonly json: number; readonly shown: number };
  /** Where AWS counts it without listing it (`aws/answers.ts` must ask for the number). */
  readonly summary: Summary;
  /** What must be seen gone before one of these goes: a password without its MFA device is worse than both. */
  readonly guards: 'login-profile' | null;
  /** How AWS writes the ids (IAM API Reference; `aws/answers.ts` asks for the same). */
  readonly isId: (id: string | null, accountId: string) => boolean;
  /** What people call one of them by, where that is not the whole id. */
  readonly shortId: (id: string) => string;
  /** Whether programs may be using it: one that was used within a day is warned of, since they stop working. */
  readonly isUsedByPrograms: boolean;
  readonly planFacts: readonly PlanFact[];
  /**
   * A column of its own: how many, or whether there is one. `drop`: the highest goes first when there is no room;
   * null: never. Those that fold share one column where there is little room.
   */
  readonly column: { readonly shows: 'count' | 'presence'; readonly drop: number | null; readonly folds: boolean };
  /** How grave holding one is. `severity` is GitHub's `security-severity`: above 9 critical, above 7 high, above 4 medium. */
  readonly risk: { readonly level: 'error' | 'note'; readonly severity: string };
}

/** What a new kind must say of itself. */
interface Traits<
  Name extends string,
  Field extends string,
  Schema extends z.ZodMiniType,
  Summary extends Summed,
  Detail extends CredentialDetail,
> extends CommonTraits<Name, Field, Schema, Summary> {
  /** The details that it has; a plan that tells another was not made by rootctl. */
  readonly details: readonly Detail[];
  /** What tells a credential from another one of the same id, when two readings are compared. */
  readonly compared: readonly (Detail & ('status' | 'createdAt'))[];
  readonly list: (value: ValueOf<Schema>) => readonly Pick<Required<Credential>, 'id' | Detail>[];
  /** CSV columns, in their order. */
  readonly csv: Readonly<Record<string, (value: ValueOf<Schema>) => CsvValue>>;
}

/** Everything that documents and their formats know of one kind. What AWS knows of it is in `root/kinds/`. */
export interface DescribedKind<
  Name extends string,
  Field extends string,
  Schema extends z.ZodMiniType,
  Summary extends Summed,
  Credentials = Holding<Field, Schema>,
> extends CommonTraits<Name, Field, Schema, Summary> {
  readonly details: readonly CredentialDetail[];
  readonly compared: readonly ('status' | 'createdAt')[];
  /** The credentials of the kind; null when they could not be read, which is not the same as none. */
  readonly list: (credentials: Credentials | null) => readonly Credential[] | null;
  readonly csv: Readonly<Record<string, (credentials: Credentials | null) => CsvValue>>;
}

export function describeKind<
  const Name extends string,
  const Field extends string,
  Schema extends z.ZodMiniType,
  const Summary extends Summed,
  const Detail extends CredentialDetail,
>(traits: Traits<Name, Field, Schema, Summary, Detail>): DescribedKind<Name, Field, Schema, Summary> {
  const valueIn = (credentials: Holding<Field, Schema> | null): ValueOf<Schema> | null =>
    credentials === null ? null : credentials[traits.field];
  const whenRead =
    <Result>(read: (value: ValueOf<Schema>) => Result) =>
    (credentials: Holding<Field, Schema> | null): Result | null => {
      const value = valueIn(credentials);
      return value === null ? null : read(value);
    };
  return {
    ...traits,
    list: whenRead(traits.list),
    csv: Object.fromEntries(Object.entries(traits.csv).map(([title, read]) => [title, whenRead(read)])),
  };
}

export const isWord = (id: string | null): boolean => id !== null && /^\w{1,128}$/u.test(id);
