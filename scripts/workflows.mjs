// What the workflows may do to whoever runs them, where actionlint has no opinion: each action is one commit, with its
// version beside it; no job can do more than it says; no text of somebody else's becomes part of a script.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';

/** A commit and the version that it was when it was chosen: a tag can be moved, and what reads this moves both. */
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u;
/**
 * This action, in the examples to copy: its commit is not known before it is released. The tag of a version has no `dist/`, and one
 * that moves is no pin.
 */
const own = /^OWNER\/rootctl@COMMIT # v\d+\.\d+\.\d+: .+$/u;

/** @returns what is wrong with one file, a line each. */
export function problemsOf(path, text) {
  const inDocument = path.endsWith('.md');
  const problems = usesOf(text)
    .filter((use) => !pinned.test(use) && !use.startsWith('./') && !(own.test(use) && !path.startsWith('.github/')))
    .map((use) => `${use} is not pinned to a commit with its version (OWNER/NAME@COMMIT # v1.2.3)`);
  const workflow = inDocument ? {} : parse(text);
  if (workflow.jobs === undefined) return problems;
  if (!isReadOnly(workflow.permissions)) problems.push('the workflow grants no permissions, or more than reading');
  for (const trigger of ['pull_request_target', 'workflow_run']) {
    if (JSON.stringify(workflow.on).includes(trigger)) problems.push(`${trigger} runs strangers' changes with secrets`);
  }
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (typeof job.permissions === 'string') problems.push(`job ${name} takes permissions by the handful`);
    if (job['timeout-minutes'] === undefined) problems.push(`job ${name} may run for six hours (timeout-minutes)`);
    for (const step of job.steps ?? []) {
      if (step.run?.includes('${{')) problems.push(`job ${name} puts text into a script: use env (${step.run.trim()})`);
      if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false)
        problems.push(`job ${name} leaves the token in the clone (persist-credentials: false)`);
    }
  }
  return problems;
}

/** @param texts of all files by their paths. @returns actions that are one commit here and another one there. */
export function disagreements(texts) {
  const commits = new Map();
  for (const text of texts.values()) {
    for (const use of usesOf(text).filter((one) => pinned.test(one))) {
      const [name, version] = use.split('@');
      const action = name.split('/').slice(0, 2).join('/');
      commits.set(action, new Set([...(commits.get(action) ?? []), version]));
    }
  }
  return [...commits].filter(([, versions]) => versions.size > 1).map(([action]) => `${action} is at several versions`);
}

const usesOf = (text) => [...text.matchAll(/^\s*(?:- )?uses:\s*(.+?)\s*$/gmu)].map(([, use]) => use);

/** What a job writes, it says itself. */
const isReadOnly = (permissions) =>
  permissions !== null &&
  typeof permissions === 'object' &&
  Object.values(permissions).every((access) => access === 'read' || access === 'none');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const inFolder = (folder, ending) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => ending.test(file))
      .map((file) => `${folder}/${file}`);
  const paths = [
    ...inFolder('.github', /\.ya?ml$/u),
    ...inFolder('examples', /\.ya?ml$/u),
    ...inFolder('docs', /\.md$/u),
    ...readdirSync('.').filter((file) => /\.(?:md|ya?ml)$/u.test(file)),
  ];
  const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
  const problems = [
    ...[...texts].flatMap(([path, text]) => problemsOf(path, text).map((problem) => `${path}: ${problem}`)),
    ...disagreements(texts),
  ];
  const uses = [...texts.values()].flatMap(usesOf);
  if (uses.length === 0) problems.push('no action was found: nothing was checked');
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`# ${texts.size} files, ${uses.length} actions\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
