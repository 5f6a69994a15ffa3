// Do the tests bite? Changes the code in one place at a time and expects a test to fail (Stryker, stryker.config.mjs).
//
//   npm run bite                              all of what is mutated
//   npm run bite -- src/root/removal.ts …     files, or lines of one: src/root/removal.ts:40-60
//   npm run bite -- --changed                 the lines that differ from main; on main itself, those of the last commit
//     --seconds N    judge by what has been tested after so long
//     --score N      exit 1 when fewer percent are killed (unless one alone survives, or up to three and no fewer are killed)
//     --write        put the figures of the files into docs/mutation.md
//     --tests A,B    ask the tests of these folders or files of test/ only: quicker, and what they miss others may notice
//     --incremental  believe what an earlier such run found of code and tests that are the same
//     --concurrency N
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import settings from '../stryker.config.mjs';
import { seen } from './bite-reporter.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    changed: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    score: { type: 'string' },
    write: { type: 'boolean', default: false },
    tests: { type: 'string' },
    incremental: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: String(settings.concurrency) },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const gitOr = (otherwise, ...args) => {
  try {
    return git(...args);
  } catch {
    return otherwise;
  }
};

/** What git calls a tree without files, in every repository. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Files with the lines of each that differ from where this branch left main. */
function changedLines() {
  const head = git('rev-parse', 'HEAD');
  const left = gitOr(gitOr(head, 'merge-base', 'HEAD', 'main'), 'merge-base', 'HEAD', 'origin/main');
  // What has nothing before it (a clone of one commit) is all new.
  const base = left === head ? gitOr(emptyTree, 'rev-parse', 'HEAD~1') : left;
  const mutated = /^src\/(?:root|run|org|policy|actions)\/.*\.ts$/u;
  const ranges = [];
  let file = '';
  for (const line of git('diff', '--unified=0', '--diff-filter=d', '--no-renames', base).split('\n')) {
    file = /^\+\+\+ b\/(.*)$/u.exec(line)?.[1] ?? file;
    const [, start, count = '1'] = /^@@ \S+ \+(\d+)(?:,(\d+))? @@/u.exec(line) ?? [];
    if (start === undefined || count === '0' || !mutated.test(file)) continue;
    ranges.push(`${file}:${start}-${Number(start) + Number(count) - 1}`);
  }
  return ranges;
}

const fates = { Killed: 'killed', Timeout: 'killed', Survived: 'survived', NoCoverage: 'survived' };

/** Of each file how many mutants were killed, and those that were not. */
function byFile(results) {
  const files = new Map();
  for (const mutant of results) {
    const fate = fates[mutant.status];
    if (fate === undefined) continue;
    const name = relative('.', mutant.fileName);
    const file = files.get(name) ?? { killed: 0, survived: [] };
    files.set(name, file);
    if (fate === 'killed') file.killed += 1;
    else file.survived.push(mutant);
  }
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Those of which every mutant was asked of all tests. */
function wholeFiles(files) {
  if (values.tests !== undefined || mutate.some((name) => /:\d/u.test(name))) return new Map();
  const left = new Map();
  for (const name of seen.planned) left.set(name, (left.get(name) ?? 0) + 1);
  for (const { fileName } of seen.tested) left.set(fileName, (left.get(fileName) ?? 0) - 1);
  const isOpen = new Set([...left].filter(([, count]) => count !== 0).map(([name]) => relative('.', name)));
  return new Map([...files].filter(([name]) => !isOpen.has(name)));
}

/** Of a few mutants one may be equivalent; up to three where no fewer are killed. */
const isForgiven = (killed, survived) => survived <= 1 || (survived <= 3 && killed >= survived);

const scoreOf = (killed, survived) => (killed + survived === 0 ? 100 : (100 * killed) / (killed + survived));

const oneLine = (text) => {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 34)} … ${line.slice(-34)}` : line;
};

function show(files) {
  for (const [name, { survived }] of files) {
    const lines = readFileSync(name, 'utf8').split('\n');
    for (const { location, replacement, mutatorName, status } of survived) {
      const { start, end } = location;
      const text = lines.slice(start.line - 1, end.line);
      text[text.length - 1] = text.at(-1).slice(0, end.column - 1);
      text[0] = text[0].slice(start.column - 1);
      const fate = status === 'NoCoverage' ? ' (no test comes here)' : '';
      say(`${name}:${start.line}:${start.column}  ${mutatorName}${fate}`);
      say(`    ${oneLine(text.join('\n'))}  →  ${oneLine(replacement ?? '')}`);
    }
  }
  for (const [name, { killed, survived }] of files) {
    const score = scoreOf(killed, survived.length).toFixed(0);
    say(`${name.padEnd(44)} ${score.padStart(3)} %  ${killed} killed, ${survived.length} survived`);
  }
}

/** Puts a row a file into the table of docs/mutation.md, which is sorted by file. */
function write(files) {
  const path = 'docs/mutation.md';
  const lines = readFileSync(path, 'utf8').split('\n');
  const first = lines.findIndex((line) => /^\| file .*\|$/u.test(line)) + 2;
  const after = lines.findIndex((line, index) => index >= first && !line.startsWith('|'));
  const rows = new Map(lines.slice(first, after).map((row) => [row.split('`')[1], row]));
  const [date, commit] = [new Date().toISOString().slice(0, 10), git('rev-parse', '--short=9', 'HEAD')];
  for (const [name, { killed, survived }] of files) {
    const score = scoreOf(killed, survived.length).toFixed(0);
    rows.set(name, `| \`${name}\` | ${killed} | ${survived.length} | ${score} | ${date} | ${commit} |`);
  }
  const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  writeFileSync(path, [...lines.slice(0, first), ...sorted, ...lines.slice(after)].join('\n'));
}

function judge(results, seconds) {
  const files = byFile(results);
  show(files);
  const killed = [...files.values()].reduce((sum, file) => sum + file.killed, 0);
  const survived = [...files.values()].reduce((sum, file) => sum + file.survived.length, 0);
  const untested = seen.planned.length - seen.tested.length;
  const cut = untested > 0 ? `; ${untested} mutants were not tested in ${values.seconds} s` : '';
  const score = scoreOf(killed, survived);
  say(`# ${score.toFixed(1)} % of ${killed + survived} mutants killed in ${seconds.toFixed(0)} s${cut}`);
  const whole = wholeFiles(files);
  if (values.write) {
    write(whole);
    if (whole.size < files.size)
      say(`not written down: ${files.size - whole.size} files; only a whole file asked of all tests counts`);
  }
  if (values.score !== undefined && score < Number(values.score) && !isForgiven(killed, survived)) {
    say(`at least ${values.score} % must be killed`);
    process.exitCode = 1;
  }
}

if (values.tests !== undefined) process.env.ROOTCTL_TEST_FOLDERS = values.tests;
// How long each test takes without a mutant: test/support/mutation/setup.ts.
const scratch = mkdtempSync(join(tmpdir(), 'rootctl-bite-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.env.ROOTCTL_TEST_TIMES = join(scratch, 'times.jsonl');
const mutate = values.changed ? changedLines() : positionals;
if (values.changed && mutate.length === 0) {
  say('# no line that is mutated differs');
} else {
  const began = performance.now();
  const secondsSoFar = () => (performance.now() - began) / 1_000;
  const deadline =
    values.seconds === undefined
      ? undefined
      : setTimeout(() => {
          if (seen.tested.length === 0) {
            say('not one mutant was tested: the tests alone take longer');
            process.exit(1);
          }
          judge(seen.tested, secondsSoFar());
          process.exit();
        }, Number(values.seconds) * 1_000);
  seen.onTested = () => {
    const [count, isLive] = [seen.tested.length, process.stderr.isTTY];
    if (isLive || count % 50 === 0) {
      process.stderr.write(`${isLive ? '\r\u001b[K' : ''}${count} of ${seen.planned.length}${isLive ? '' : '\n'}`);
    }
  };
  const results = await new Stryker({
    ...settings,
    ...(mutate.length === 0 ? {} : { mutate }),
    concurrency: Number(values.concurrency),
    incremental: values.incremental,
  }).runMutationTest();
  clearTimeout(deadline);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  judge(results, secondsSoFar());
}
