import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { written } from '../../src/documents/index.ts';
import { type DocumentKind, documentSchemas, furtherSchemas, parseDocument, describe as say } from '../../src/index.ts';
import { asWritten } from '../../src/render/written.ts';
import { outputs as heldOutputs, plan } from '../documents/samples.ts';
import { status as heldStatus } from '../render/story.ts';
import { english } from '../support/speech.ts';

const outputs = heldOutputs.map((document) => asWritten(document, english));
const status = written(heldStatus, english.entryOf);

const folder = join(import.meta.dirname, '../../schemas');

describe('documentSchemas and furtherSchemas', () => {
  it('are the published ones, each under its name', async () => {
    const files = (await readdir(folder)).filter((name) => name.startsWith('rootctl.'));
    const all = { ...documentSchemas, ...furtherSchemas };
    expect(
      Object.keys(all)
        .map((kind) => `${kind}.schema.json`)
        .sort(),
    ).toEqual(files.sort());
    for (const [kind, schema] of Object.entries(all)) {
      expect(schema.title).toBe(kind);
      expect(schema).toEqual(JSON.parse(await readFile(join(folder, `${kind}.schema.json`), 'utf8')));
    }
  });
});

describe('parseDocument', () => {
  it.each(outputs)('reads $kind', (document) => {
    expect(parseDocument(document.kind, JSON.stringify(document))).toEqual({ ok: true, document });
  });

  it('reads a plan as strictly as parsePlan does', () => {
    expect(
      parseDocument('rootctl.plan', JSON.stringify({ ...plan, generatedAt: status.generatedAt.replace('2', '3') })),
    ).toEqual({
      ok: false,
      problem: { from: 'rootctl', code: 'InvalidDocument', data: { flaw: { is: 'other-hash' } } },
    });
  });

  it.each<[string, DocumentKind, string, object, string]>([
    ['no JSON', 'rootctl.status', '{', { is: 'not-json' }, 'not JSON'],
    [
      'a document of another kind',
      'rootctl.runs',
      JSON.stringify(status),
      { is: 'other-kind', found: 'rootctl.status', expected: 'rootctl.runs' },
      'it is a rootctl.status document, not a rootctl.runs document',
    ],
    [
      'a field too many',
      'rootctl.status',
      JSON.stringify({ ...status, note: '' }),
      { is: 'unlike-schema', field: '' },
      'the document: the value is not valid',
    ],
  ])('refuses %s with a problem that has words in each language', async (_, kind, text, flaw, message) => {
    const parsed = parseDocument(kind, text);
    if (parsed.ok) throw new Error('it was read');
    const { problem } = parsed;
    expect(problem).toEqual({ from: 'rootctl', code: 'InvalidDocument', data: { flaw } });
    expect(await say(problem)).toEqual({ code: 'InvalidDocument', message, hint: null, data: { flaw } });
    expect((await say(problem, 'ja')).message).not.toBe(message);
  });
});
