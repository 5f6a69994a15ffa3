import type { AccountStatus, StatusDocument } from '../src/documents/index.ts';
import type { Bench, Circumstances, Episode } from './bench.ts';
import type { Violation } from './invariants.ts';
import { paths, selectionOf } from './selection.ts';
import { unknownUnitId } from './unknowns.ts';

/** Runs one command line and checks what must hold after it. */
export type Run = (argv: readonly string[], circumstances?: Circumstances) => Promise<Episode>;

/** A status before anything is deleted, perhaps cut short; as JSON it is kept for a later one to compare with. */
export async function readFirst({ story, machine }: Bench, run: Run): Promise<void> {
  const { statusFormat, statusTimeoutSeconds, statusMishap, hasBaseline } = story.unknowns;
  const { stdout } = await run(
    [
      'status',
      ...story.selection.flags,
      ...['-o', statusFormat],
      ...(story.seed % 2 === 0 ? ['--check'] : []),
      ...(statusTimeoutSeconds === null ? [] : ['--timeout', String(statusTimeoutSeconds)]),
    ],
    { mishap: statusMishap },
  );
  if (hasBaseline && stdout !== '') machine.papers.set('baseline.json', stdout);
}

/** Compares with the first status: only what is new counts, and a part of the truth is no baseline. */
export async function compareWithFirst({ story, machine }: Bench, run: Run): Promise<readonly Violation[]> {
  const text = machine.papers.get('baseline.json');
  if (text === undefined) return [];
  const baseline: StatusDocument = JSON.parse(text);
  const isWhole = baseline.kind === 'rootctl.status' && baseline.complete;
  const argv = ['status', ...story.selection.flags, '--baseline', 'baseline.json', '--check', '-o', 'json'];
  const episode = await run(argv, { refusal: isWhole ? null : 'the baseline is no whole status' });
  if (!isWhole || episode.exitCode === 1 || episode.exitCode === 64) return [];
  const current: StatusDocument = JSON.parse(episode.stdout);
  const known = new Map(baseline.accounts.map((account) => [account.id, account]));
  const isNew = current.accounts.some((account) => {
    const before = known.get(account.id);
    const held = before === undefined ? new Set() : credentialsOf(before);
    return [...credentialsOf(account)].some((one) => !held.has(one)) || isPasswordAnew(before, account);
  });
  const expected = isNew ? 2 : 0;
  if (episode.exitCode === expected) return [];
  return [{ invariant: 7, text: `status --baseline exits ${episode.exitCode} instead of ${expected}` }];
}

function credentialsOf({ credentials }: AccountStatus): ReadonlySet<string> {
  const { loginProfile, accessKeys, mfaDevices, signingCertificates } = credentials ?? {};
  return new Set([
    ...(loginProfile?.present === true ? ['password'] : []),
    ...(accessKeys ?? []).map(({ id }) => id),
    ...(mfaDevices ?? []).map(({ serialNumber }) => serialNumber),
    ...(signingCertificates ?? []).map(({ id }) => id),
  ]);
}

/** A password that was created anew is another; where AWS did not tell when it was created, nobody can say. */
function isPasswordAnew(before: AccountStatus | undefined, now: AccountStatus): boolean {
  const [earlier, later] = [before, now].map((account) => account?.credentials?.loginProfile?.createdAt ?? null);
  return earlier !== null && later !== null && earlier !== later;
}

/** A word that means nobody: `delete` refuses it, a reading warns of it or refuses an id; then somebody mends it. */
export async function misspell(bench: Bench, run: Run): Promise<readonly Violation[]> {
  const { story, machine } = bench;
  const { wrongWord } = story.unknowns;
  if (wrongWord === null) return [];
  const { included, rules, files } = story.selection;
  const wrong = selectionOf(included, [...rules, wrongWord]);
  for (const [path, text] of wrong.files) machine.papers.set(path, text);
  const { word } = wrongWord;
  const isUnknownId = /^\d{12}$/u.test(word) || word === unknownUnitId;
  const violations: Violation[] = [];
  if (story.seed % 3 === 0) {
    const { stdout, stderr, argv, listing } = await run(['status', ...wrong.flags, '-o', 'json'], {
      refusal: isUnknownId ? `${word} is no id of this organization` : null,
    });
    // What ended in an error cleaned nobody, and may never have come to the word.
    const isReading = /"kind": "rootctl\.status"/u.test(stdout);
    if (isReading && listing === 'ended' && !stderr.includes(word))
      violations.push({ invariant: 2, text: `${argv.join(' ')} says nothing of ${word}, which means nobody` });
  } else {
    const argv = ['delete', ...wrong.flags, ...story.options, '--yes', '-o', 'json'];
    await run(argv, { refusal: `${word} means nobody` });
  }
  for (const path of Object.values(paths)) machine.papers.delete(path);
  for (const [path, text] of files) machine.papers.set(path, text);
  return violations;
}

/** A file that came with a folder may not send the program elsewhere. */
export async function strayEndpoint({ machine }: Bench, run: Run): Promise<void> {
  const before = machine.papers.get(paths.here);
  machine.papers.set(paths.here, `${before ?? ''}endpointUrl: https://elsewhere.example\n`);
  await run(['status', '--all', '-o', 'json'], { refusal: 'the working folder says where AWS is' });
  if (before === undefined) machine.papers.delete(paths.here);
  else machine.papers.set(paths.here, before);
}
