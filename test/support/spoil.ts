/** What can go wrong with one field of an answer, or with the whole of it. */
export const spoils = ['drop', 'empty', 'junk', 'cut'] as const;
export type Spoil = (typeof spoils)[number];

/** Whole bodies that are not AWS's answer to the call. */
export const foreignBodies = ['', '\n', '<!doctype html><html><body>Please sign in</body></html>', '{}', '[]', 'null'];

/** A field of an answer by its name: an element of XML, a key of JSON; its first place in the text counts. */
export function fieldsOf(body: string): readonly string[] {
  const names = body.trimStart().startsWith('{')
    ? [...body.matchAll(/"(\w+)"\s*:/gu)]
    : [...body.matchAll(/<(\w+)[^>]*>/gu)].slice(1);
  return [...new Set(names.map((match) => match[1] ?? ''))].filter(
    (name) => !/^(?:xml|ResponseMetadata|RequestId)$/u.test(name),
  );
}

/** The body with every occurrence of the field spoilt (of `cut`: the body up to the first). */
export function spoilt(body: string, field: string, spoil: Spoil): string {
  if (spoil === 'cut') {
    const at = body.search(
      body.trimStart().startsWith('{') ? new RegExp(`"${field}"`, 'u') : new RegExp(`<${field}[ />]`, 'u'),
    );
    return at < 0 ? body : body.slice(0, at + field.length);
  }
  if (body.trimStart().startsWith('{')) return JSON.stringify(spoiltValue(JSON.parse(body), field, spoil));
  const element = new RegExp(`<${field}(?: [^>]*)?(?:/>|>[^]*?</${field}>)`, 'gu');
  return body.replace(
    element,
    { drop: '', empty: `<${field}></${field}>`, junk: `<${field}>~junk~</${field}>` }[spoil],
  );
}

function spoiltValue(value: unknown, field: string, spoil: 'drop' | 'empty' | 'junk'): unknown {
  if (Array.isArray(value)) return value.map((one) => spoiltValue(one, field, spoil));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== field) return [[name, spoiltValue(inner, field, spoil)]];
      if (spoil === 'drop') return [];
      return [[name, spoil === 'junk' ? '~junk~' : Array.isArray(inner) ? [] : typeof inner === 'object' ? {} : '']];
    }),
  );
}
