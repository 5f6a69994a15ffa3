import fc from 'fast-check';
import { expect } from 'vitest';
import { holds } from '../support/properties.ts';
import type { Scene, SceneResult } from '../support/scene.ts';

/** How many times as many runs: ROOTCTL_TEST_PARSER_RUNS=100 looks a hundred times as long. */
const factor = Number(process.env['ROOTCTL_TEST_PARSER_RUNS'] ?? '1');

export const holdsOften = <Input>(property: fc.IAsyncProperty<Input> | fc.IProperty<Input>, numRuns: number) =>
  holds(property, Math.ceil(numRuns * factor));

const deep = (opening: string, closing: string, depth: number): string => opening.repeat(depth) + closing.repeat(depth);

/** What no author of a parser thinks of first. */
const oddities: readonly string[] = [
  ...['', '\u0000', '\uFEFF', '\r', '\r\n', '\n', '\u2028', '\ud800', '\udc00x', '\u001b[2J\u001b]0;t\u0007', '\u202e'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '{"__proto__":{"is":"x"}}'],
  ...['null', 'true', '[]', '{}', '""', '0', '-0', '1e999', '9'.repeat(400), '0x10', 'NaN', '١٢٣'],
  ...['<!--', ']]>', '<![CDATA[', '&amp;', '&#x0;', '&x;', '<?xml ?>', '<!DOCTYPE a [<!ENTITY b "c">]>'],
  ...['- ', ': ', '&a', '*a', '!!js/function x', '? ', '%', '`', '@', '#', '---\n', '...', '"', "'", '\\', '\\u'],
  ...['..', '../../etc/passwd', '/', '//', '*', '?', '**', '$(x)', ';', '|', '--', '-', '=', ','],
  deep('[', ']', 20_000),
  deep('{"a":', '}', 20_000).replace(':}', ':1}'),
  deep('<a>', '</a>', 20_000),
  deep('(', ')', 2_000),
];

const oddity = fc.constantFrom(...oddities);

/** Any text: of any characters, lone halves of pairs among them, and of what parsers stumble over. */
export const anyText = fc.oneof(
  { weight: 2, arbitrary: oddity },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  fc.array(fc.oneof(oddity, fc.string({ maxLength: 8 })), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
);

/** A text that was one of these, and then was cut, doubled, or had something put in or taken out. */
export function spoiltText(samples: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const change = fc.record({
    how: fc.constantFrom('cut', 'behead', 'double', 'put-in', 'take-out', 'exchange'),
    from: place,
    to: place,
    text: anyText,
  });
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...samples), changes).map(([sample, all]) =>
    all.reduce((text, { how, from, to, text: more }) => {
      const start = Math.floor(Math.min(from, to) * text.length);
      const end = Math.floor(Math.max(from, to) * text.length);
      const [before, middle, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
      switch (how) {
        case 'cut':
          return before;
        case 'behead':
          return after;
        case 'double':
          return before + middle + middle + after;
        case 'take-out':
          return before + text.slice(Math.min(start + 12, end));
        case 'exchange':
          return before + more + after;
        default:
          return before + more + middle + after;
      }
    }, sample),
  );
}

/** A value in the place of another: of another type, deep, or huge. */
const otherValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', [], {}, [null], { code: 1, message: 2, hint: 3 }),
  fc.constantFrom<unknown>(JSON.parse(deep('[', ']', 20_000)), JSON.parse(`{"__proto__":${deep('[', ']', 3)}}`)),
  anyText,
);

/** A document of JSON with one or two of its values changed, doubled, renamed or taken out: well-formed, and wrong. */
export function spoiltJson(samples: readonly unknown[]): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('change', 'take-out', 'double', 'rename', 'deepen'),
    value: otherValue,
    name: fc.constantFrom('__proto__', 'constructor', 'x', 'data', 'error', 'kind', 'event', 'is'),
  });
  const changes = fc.array(change, { minLength: 1, maxLength: 2 });
  return fc.tuple(fc.constantFrom(...samples), changes).map(([sample, all]) => {
    let root: unknown = structuredClone(sample);
    for (const { at, how, value, name } of all) {
      const places = placesIn(root);
      const place = places[at % Math.max(places.length, 1)];
      if (place === undefined) root = value;
      else place(how, value, name);
    }
    return textOf(root);
  });
}

type Change = (how: string, value: unknown, name: string) => void;

function placesIn(value: unknown): readonly Change[] {
  if (typeof value !== 'object' || value === null) return [];
  const found: Change[] = [];
  const open: { readonly holder: object; readonly depth: number }[] = [{ holder: value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { holder, depth } = next;
    for (const [key, inner] of Object.entries(holder)) {
      if (typeof inner === 'object' && inner !== null && depth < 12) open.push({ holder: inner, depth: depth + 1 });
      found.push((how, other, name) => {
        const set = (at: string, what: unknown): void =>
          void Object.defineProperty(holder, at, { value: what, enumerable: true, configurable: true, writable: true });
        if (how === 'change') set(key, other);
        else if (how === 'take-out')
          Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key);
        else if (how === 'double') Array.isArray(holder) ? holder.push(structuredClone(inner)) : set(name, inner);
        else if (how === 'rename') {
          set(Array.isArray(holder) ? key : name, Array.isArray(holder) ? other : inner);
        } else set(key, [inner]);
      });
    }
  }
  return found;
}

/** JSON.stringify cannot write what is so deep: written without recursion. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    const parts: string[] = [];
    const todo: (string | { readonly value: unknown })[] = [{ value }];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (typeof next === 'string') parts.push(next);
      else if (Array.isArray(next.value)) {
        todo.push(']', ...next.value.flatMap((one, at) => [...(at > 0 ? [','] : []), { value: one }]).reverse(), '[');
      } else if (typeof next.value === 'object' && next.value !== null) {
        const entries = Object.entries(next.value).flatMap(([key, one], at) => [
          `${at > 0 ? ',' : ''}${JSON.stringify(key)}:`,
          { value: one },
        ]);
        todo.push('}', ...entries.reverse(), '{');
      } else parts.push(JSON.stringify(next.value) ?? 'null');
    }
    return parts.join('');
  }
}

/** The words of an engine whose mistake somebody sees: of a parser of ours, or of one that is asked. */
const mistake =
  /InternalError|Maximum call stack|is not a function|is not iterable|Cannot (?:read|convert|set|access)|undefined|\[object |Invalid (?:array|string) length|toISOString|Invalid time value/u;

/** Refused as it should be: wrong usage, one line and a hint, nothing asked of AWS. Or taken: then it was harmless. */
export function requireClear(
  { code, stdout, stderr }: SceneResult,
  { sandbox }: Pick<Scene, 'sandbox'>,
  { named, typed = '' }: { readonly named: RegExp; readonly typed?: string },
): void {
  const said = `${stderr}\n${code === 64 ? stdout : ''}`;
  expect(said).not.toMatch(mistake);
  if (code !== 64) return void expect([0, 1, 2]).toContain(code);
  const lines = stderr.split('\n').filter((line) => !/^(?:warning|sandbox): /u.test(line));
  expect(lines.filter((line) => line.startsWith('error: '))).toHaveLength(1);
  expect(lines[0]).toMatch(/^error: /u);
  expect(lines[0]).toMatch(named);
  // What somebody typed is shown to them whole, and may be escaped; of a file's it is enough to find it.
  expect(stderr.length).toBeLessThan(3_000 + 16 * typed.length);
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  expect(sandbox.requests).toEqual([]);
}
