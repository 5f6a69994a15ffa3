import type { ErrorDocument } from '../documents/index.ts';
import { obstacleOf, type Problem, problem, problemOf } from '../problems/index.ts';
import { exitCodeOf } from '../process/error-codes.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { isOnGitHub, type World } from '../process/world.ts';
import { annotation } from '../render/annotation.ts';
import { renderFailure } from '../render/failure.ts';
import type { Paint } from '../render/style.ts';
import { visible } from '../render/text.ts';
import type { View } from '../render/view.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import type { SayingWords } from '../words/sayings.ts';
import type { Speech } from '../words/speech.ts';
import type { FileTarget } from './targets.ts';

/** How an error that ends the command is told. */
export interface Telling {
  readonly format: string | null;
  /** Files that wait for a result. */
  readonly waiting: () => readonly FileTarget[];
  readonly speech: Speech<SayingWords>;
  /** What documents are told with, too. */
  readonly whole: () => Promise<Pick<View, 'speech' | 'english'>>;
  readonly isSimulated: boolean;
  readonly paint: Paint;
  readonly isDebug: boolean;
}

/** Tells an error that ends the command: in words, and in its document's place. @returns the exit code. */
export async function tellFailure(error: unknown, telling: Telling, world: World): Promise<number> {
  const { speech, paint } = telling;
  const exitCode = exitCodeOf(error);
  const of = problemOf(error);
  // Usage errors are rootctl's own words: a code in brackets would be noise to the person who mistyped.
  // Whoever interrupted knows it, and the notice of --timeout has been given; a program that waits for a document has neither.
  if (!(error instanceof InterruptedError)) {
    const codeOf = exitCode === exitCodes.usage ? 'rootctl' : 'aws';
    world.stderr.write(renderFailure(of, { paint, speech }, codeOf));
    const { hint } = speech.entryOf(of);
    const lines = [speech.phraseOf(of), ...(hint === null ? [] : [hint])];
    if (isOnGitHub(world)) world.stderr.write(`${annotation('error', 'rootctl', lines)}\n`);
  }
  const onStdout = await failureText(of, telling.format, telling, world);
  if (onStdout !== '') world.stdout.write(onStdout);
  // Where nothing was done, what an earlier run left in a file stays true.
  for (const { format, path } of exitCode === exitCodes.usage ? [] : telling.waiting()) {
    const text = await failureText(of, format, telling, world);
    if (text === '') continue;
    await world.writeFile(path, text).catch((why: unknown) => {
      const unwritten = problem('OutputNotWritten', { path, why: obstacleOf(why) });
      world.stderr.write(renderFailure(unwritten, { paint, speech }));
    });
  }
  if (telling.isDebug) for (const line of stackLines(error, speech)) world.stderr.write(`${visible(line)}\n`);
  return exitCode;
}

/** What a program that waits for a document is told in its place; empty where the format has no form of it. */
async function failureText(of: Problem, format: string | null, telling: Telling, world: World): Promise<string> {
  if (format !== 'json' && (format !== 'sarif' || of.code === 'FormatNotOffered')) return '';
  const { formats, sarifFailure } = await import('../render/formats.ts');
  const { isSimulated: simulated, paint } = telling;
  const { speech, english } = await telling.whole();
  if (format === 'sarif') return sarifFailure(of, { rootctlVersion: world.version, simulated }, english);
  const document: ErrorDocument = {
    schemaVersion: '1',
    kind: 'rootctl.error',
    complete: false,
    ...(simulated ? { simulated } : {}),
    error: of,
  };
  return formats.json.render(document, { columns: 160, nowMs: 0, paint, speech, english });
}

/** The stack of an error and of what caused it. A stack begins with a message, which may be AWS's: data, like all it says. */
function stackLines(error: unknown, speech: Telling['speech'], depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > causesMax) return [];
  const own = (error.stack ?? String(error)).split('\n');
  return [
    ...own.map((line, index) => (index === 0 && depth > 0 ? speech.words.terminal.debug.causedBy(line) : line)),
    ...stackLines(error.cause, speech, depth + 1),
  ];
}

/** A chain of causes may be a ring. */
const causesMax = 5;
