/**
 * What a datum of a problem may be. Problems are written to documents and journals and read back from them, so what
 * they carry is plain, and what was read is held to it before a sentence is made of it.
 */
export interface Field<Value> {
  /** As `docs/errors.md` names it. */
  readonly type: string;
  readonly fits: (value: unknown) => value is Value;
}

export const text: Field<string> = { type: 'text', fits: (value) => typeof value === 'string' };
export const number: Field<number> = { type: 'number', fits: (value) => typeof value === 'number' };
export const flag: Field<boolean> = { type: 'true or false', fits: (value) => typeof value === 'boolean' };
export const texts: Field<readonly string[]> = {
  type: 'list of texts',
  fits: (value): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

/** One of these words, and no other. */
export const oneOf = <const Word extends string>(...words: readonly Word[]): Field<Word> => ({
  type: words.map((word) => `\`${word}\``).join(' or '),
  fits: (value): value is Word => words.some((word) => word === value),
});

export const listOf = <Value>(field: Field<Value>): Field<readonly Value[]> => ({
  type: `list of: ${field.type}`,
  fits: (value): value is readonly Value[] => Array.isArray(value) && value.every((item) => field.fits(item)),
});

/** Data told apart by the name in one of its fields. */
export type VariantOf<Tag extends string, Shapes extends Readonly<Record<string, Fields>>> = {
  [Name in keyof Shapes]: {
    readonly [Key in Tag | keyof Shapes[Name]]: Key extends keyof Shapes[Name]
      ? Shapes[Name][Key] extends Field<infer Value>
        ? Value
        : never
      : Name;
  };
}[keyof Shapes];

/** One of these shapes, named in the field `tag`. */
export const variants = <const Tag extends string, const Shapes extends Readonly<Record<string, Fields>>>(
  tag: Tag,
  shapes: Shapes,
): Field<VariantOf<Tag, Shapes>> => ({
  type: `object with \`${tag}\``,
  fits: (value): value is VariantOf<Tag, Shapes> => {
    const name = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(tag) : undefined;
    if (typeof name !== 'string' || !Object.hasOwn(shapes, name)) return false;
    return hasFields({ ...shapes[name], [tag]: text }, value);
  },
});

/** A credential as problems name it; the password has no id. */
export interface CredentialName {
  readonly kind: string;
  readonly id: string | null;
}

export const credentials: Field<readonly CredentialName[]> = {
  type: 'list of credentials (`kind`, `id`)',
  fits: (value): value is readonly CredentialName[] =>
    Array.isArray(value) && value.every((one) => hasFields({ kind: text, id: orNull(text) }, one)),
};

export const orNull = <Value>(field: Field<Value>): Field<Value | null> => ({
  type: `${field.type}, or null`,
  fits: (value): value is Value | null => value === null || field.fits(value),
});

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type DataOf<Shape extends Fields> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Field<infer Value> ? Value : never;
};

/** Whether a value, read from who knows where, has these fields and no others. */
export function hasFields<Shape extends Fields>(shape: Shape, value: unknown): value is DataOf<Shape> {
  if (typeof value !== 'object' || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  const names = Object.keys(shape);
  return found.size === names.length && names.every((name) => found.has(name) && shape[name]?.fits(found.get(name)));
}
