import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../scripts/schemas.ts';
import type { DocumentKind } from '../../src/documents/index.ts';
import { formats, formatsFor } from '../../src/render/formats.ts';
import { noPaint } from '../../src/render/style.ts';
import { nowMs } from '../render/story.ts';
import { english } from '../support/speech.ts';
import { outputs, plan } from './samples.ts';

const folder = path.join(import.meta.dirname, '../../schemas');
const files = schemaFiles();
const ajv = new Ajv2020({ strict: true, allErrors: true });
const validators = new Map(
  [...files].map(([name, text]) => [name.replace('.schema.json', ''), ajv.compile(JSON.parse(text))]),
);
const view = { columns: 160, nowMs, paint: noPaint, speech: english, english };

function problemsOf(kind: string, value: unknown): unknown {
  const validate = validators.get(kind);
  return validate?.(value) ? [] : (validate?.errors ?? `no schema for ${kind}`);
}

describe('the published JSON Schemas', () => {
  it('stand in schemas/ as they are generated', async () => {
    const kinds = (await readdir(folder)).filter((name) => name.startsWith('rootctl.'));
    expect(new Set(kinds)).toEqual(new Set(files.keys()));
    for (const [name, text] of files) expect(await readFile(path.join(folder, name), 'utf8'), name).toBe(text);
  });

  it.each(outputs)('accept the JSON output of $kind', (document) => {
    expect(problemsOf(document.kind, JSON.parse(formats.json.render(document, view)))).toEqual([]);
  });

  it.each(outputs.filter(({ kind }) => formatsFor(kind).includes('ndjson')))(
    'accept each ndjson line of $kind',
    (document) => {
      const lines = formats.ndjson.render(document, view).trimEnd().split('\n');
      for (const line of lines) {
        const value: { kind: DocumentKind } = JSON.parse(line);
        expect(problemsOf(value.kind, value)).toEqual([]);
      }
      expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ kind: `${document.kind}.summary` });
    },
  );

  it('accept what the sandbox says, which is marked', () => {
    expect(problemsOf('rootctl.plan', { ...plan, simulated: true })).toEqual([]);
    expect(problemsOf('rootctl.plan', { ...plan, simulated: false })).not.toEqual([]);
  });

  it('refuse a field that the contract does not know, at every depth', () => {
    expect(problemsOf('rootctl.plan', { ...plan, note: 'x' })).not.toEqual([]);
    expect(problemsOf('rootctl.plan', { ...plan, organization: { ...plan.organization, note: 'x' } })).not.toEqual([]);
  });

  it('refuse a time without milliseconds', () => {
    expect(problemsOf('rootctl.plan', { ...plan, generatedAt: '2026-01-31T09:30:00Z' })).not.toEqual([]);
  });
});
