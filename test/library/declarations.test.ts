import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleDeclarations } from '../../scripts/declarations.mjs';

const repository = join(import.meta.dirname, '../..');

describe('the declarations of the library', () => {
  let folder: string;
  let text: string;
  let hidden: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rootctl-declarations-'));
    ({ text, hidden } = bundleDeclarations('src/index.ts'));
    await writeFile(join(folder, 'index.d.ts'), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('need nothing but the language and the platform', () => {
    expect(text).not.toMatch(/^\s*import|\bfrom '|\bimport\(|\/\/\/ <reference/mu);
    const problems = problemsOf([join(folder, 'index.d.ts')], { skipLibCheck: false, types: ['node'] });
    expect(problems).toEqual([]);
    expect(problemsOf([join(folder, 'index.d.ts')], { types: [], lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'] })).toEqual(
      [],
    );
  });

  it('give a name to every type that an exported one is made of', () => {
    expect(hidden).toEqual([]);
  });

  it('say of each type and value what the code says', async () => {
    const types = [...text.matchAll(/^export (?:interface|type|declare class) (\w+)(?! *<|\w)/gmu)].map(
      ([, name]) => name,
    );
    const values = [...text.matchAll(/^export declare (?:const|function|class) (\w+)/gmu)].map(([, name]) => name);
    expect(types).toContain('StatusDocument');
    const both = [
      ...types.map((name, index) => [`shipped.${name}`, `own.${name}`, `type${index}`]),
      ...values.map((name, index) => [`typeof shipped.${name}`, `typeof own.${name}`, `value${index}`]),
    ];
    const lines = both.flatMap(([shipped, own, name]) => [
      `export const ${name}Out = (given: ${own}): ${shipped} => given;`,
      `export const ${name}In = (given: ${shipped}): ${own} => given;`,
    ]);
    const file = join(folder, 'same.ts');
    const imports = [
      `import type * as shipped from './index.d.ts';`,
      `import type * as own from '${join(repository, 'src/index.ts')}';`,
    ];
    await writeFile(file, [...imports, ...lines].join('\n'));
    expect(problemsOf([file], {})).toEqual([]);
  }, 120_000);
});

describe('docs/library.md', () => {
  it('tells of everything that the library exports, and of nothing else', async () => {
    const source = await readFile(join(repository, 'src/index.ts'), 'utf8');
    const exported = ts
      .createSourceFile('index.ts', source, ts.ScriptTarget.Latest)
      .statements.flatMap((statement) =>
        ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
          ? statement.exportClause.elements.map(({ name }) => name.text)
          : [],
      );
    const page = await readFile(join(repository, 'docs/library.md'), 'utf8');
    const cells = [...page.matchAll(/^(?:#{2,4} (.*)|\| (`[^|]*)\|(?: ((?:`\w+`(?:, )?)+) \|)?)/gmu)];
    const told = cells.flatMap(([, ...texts]) =>
      texts.flatMap((cell) => [...(cell ?? '').matchAll(/`(\w+)/gu)].map(([, name]) => name)),
    );
    expect([...new Set(told)].sort()).toEqual([...exported].sort());
  });
});

function problemsOf(files: readonly string[], more: ts.CompilerOptions): readonly string[] {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repository);
  const program = ts.createProgram(files, {
    ...options,
    typeRoots: [join(repository, 'node_modules/@types')],
    ...more,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
