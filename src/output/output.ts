import type { AccountStatus } from '../documents/index.ts';
import { obstacleOf, type Problem, problem, problemError } from '../problems/index.ts';
import { exitCodes } from '../process/exit-codes.ts';
import type { World } from '../process/world.ts';
import {
  type Format,
  type FormatName,
  formats,
  formatsFor,
  incompleteSentence,
  type OutputDocument,
  type OutputKind,
  piecesOf,
  type View,
  withoutCommands,
} from '../render/index.ts';
import { isTooLong } from '../terminal/pager.ts';
import type { Speaker } from '../terminal/speaker.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { FileTarget, Targets } from './targets.ts';

/** The result of a command: on stdout, and in the files of `--out`. */
export interface Output {
  /**
   * Holds every form that was asked for against what the command's document has. Answers that of stdout.
   * @throws ProblemError `FormatNotOffered`, before anything is done.
   */
  readonly formatFor: (kind: OutputKind) => FormatName;
  /**
   * For a command whose result is no document. Flags that it has no use for are refused; what variables and files prefer is
   * passed over, so that they keep no command from helping. Answers the form of stdout.
   * @param offered the forms that it has, first the one for people.
   * @throws ProblemError `FormatNotOffered`, `OutNotOffered`, `QueryNotOffered`
   */
  readonly formOf: (what: string, offered?: readonly [FormatName, ...FormatName[]]) => FormatName;
  /** Whether stdout gets a form that people read. */
  readonly isForPeople: () => boolean;
  /** Every form that the document will be given. */
  readonly forms: () => readonly Format[];
  /** Whether accounts are written as they are told, and no form but that needs them any more. */
  readonly isStreaming: () => boolean;
  /** An account as soon as it is known, where the form of stdout tells it then. */
  readonly tellAccount: (account: AccountStatus) => void;
  /** Once a command. @param forPeople what the table shows in place of the document. */
  readonly print: (document: OutputDocument, view?: Partial<View>, forPeople?: OutputDocument) => Promise<void>;
  /** What is no document. */
  readonly write: (text: string) => void;
  /** One more file that the command will write. @throws ProblemError `UnusableOutput`, `SameOutput`, before anything is done. */
  readonly claim: Targets['claim'];
  /** @returns whether the file was written. What could not be is told, and the command goes on. */
  readonly save: (path: string, text: string, code: 'PlanNotWritten') => Promise<boolean>;
  /** How things are shown on stdout. */
  readonly view: () => View;
  /** Files that wait for a result still. */
  readonly waiting: () => readonly FileTarget[];
  /** The result did not come where it was to go, as far as it is known by now. */
  readonly isLost: () => boolean;
  /** A result that could not be written is a failure, whatever the command says of its work. */
  readonly exitCodeOf: (code: number) => number;
}

interface Setting {
  readonly stdout: Terminal;
  readonly writeFile: World['writeFile'];
  readonly targets: Targets;
  readonly isSimulated: boolean;
  /** The runner there reads what is printed for commands to itself. */
  readonly isOnGitHub: boolean;
  readonly viewOf: (terminal: Pick<Terminal, 'columns' | 'colorLevel'>) => View;
  readonly speaker: Speaker;
  readonly tell: (problem: Problem) => void;
  /** Shows what does not fit the screen; null: nothing does. */
  readonly page: ((text: string) => Promise<boolean>) | null;
}

/** Forms that people read: page by page, and in the log of a run. */
const formsForPeople: ReadonlySet<FormatName> = new Set(['table', 'markdown']);

/** Nobody's terminal: as wide as a pipe. */
const paper = { columns: 160, colorLevel: 0 } as const;

export function createOutput({
  stdout,
  writeFile,
  targets,
  isSimulated,
  isOnGitHub,
  viewOf,
  speaker,
  tell,
  page,
}: Setting): Output {
  const all: readonly FormatName[] = [targets.stdout, ...targets.files.map(({ format }) => format)];
  const origin = isSimulated ? ({ simulated: true } as const) : {};
  const { stream }: Format = formats[targets.stdout];
  let isStreamed = false;
  let isPrinted = false;
  let hasFailed = false;
  const answerTo = ({ said: query, ask }: NonNullable<Targets['query']>, json: string): readonly string[] => {
    const answer = ask(json);
    if (answer.ok) return [answer.json];
    hasFailed = true;
    tell(problem('QueryFailed', { query, said: answer.said }));
    return [];
  };
  const save = async (
    path: string,
    text: string | Iterable<string>,
    code: 'PlanNotWritten' | 'OutputNotWritten' = 'OutputNotWritten',
  ): Promise<boolean> => {
    try {
      await writeFile(path, text);
      return true;
    } catch (error) {
      hasFailed = true;
      tell(problem(code, { path, why: obstacleOf(error) }));
      return false;
    }
  };
  const isForPeople = formsForPeople.has(targets.stdout);
  const show = async (pieces: Iterable<string>): Promise<void> => {
    const write = (text: string): void => stdout.write(isOnGitHub && isForPeople ? withoutCommands(text) : text);
    if (page === null || !isForPeople) {
      for (const piece of pieces) write(piece);
      return;
    }
    const text = [...pieces].join('');
    if (!isTooLong(text, stdout) || !(await page(text))) write(text);
  };
  return {
    formatFor: (kind) => {
      const offered = formatsFor(kind);
      const format = all.find((one) => !offered.includes(one));
      const command = kind.slice('rootctl.'.length).replace('.', ' ');
      if (format !== undefined) throw problemError('FormatNotOffered', { format, command, offered });
      return targets.stdout;
    },
    formOf: (command, offered = ['table']) => {
      const { output: format, out, query } = targets.demanded;
      if (out !== undefined) throw problemError('OutNotOffered', { command });
      if (query !== undefined) throw problemError('QueryNotOffered', { form: `rootctl ${command}` });
      const form = offered.find((one) => one === (format ?? targets.stdout));
      if (form === undefined && format !== undefined)
        throw problemError('FormatNotOffered', { format, command, offered });
      return form ?? offered[0];
    },
    isForPeople: () => isForPeople,
    forms: () => all.map((name) => formats[name]),
    isStreaming: () => stream !== undefined && targets.files.length === 0 && targets.query === null,
    tellAccount: (account) => {
      if (stream === undefined) return;
      isStreamed = true;
      stdout.write(stream.account(account, viewOf(stdout), origin));
    },
    print: async (document, more = {}, forPeople = document) => {
      speaker.pause();
      isPrinted = true;
      const textOf = async (format: FormatName, view: View): Promise<Iterable<string>> => {
        const shown = format === 'table' ? forPeople : document;
        const pieces = await piecesOf(formats[format], shown, { ...view, ...more });
        return targets.query === null ? pieces : answerTo(targets.query, [...pieces].join(''));
      };
      const isTold = isStreamed && stream !== undefined && document.kind === 'rootctl.status';
      for (const target of targets.files) await save(target.path, await textOf(target.format, viewOf(paper)));
      if (isTold) stdout.write(stream.end(document));
      else await show(await textOf(targets.stdout, viewOf(stdout)));
      // Rows and nothing else have no place to say it, nor has the answer to a query.
      if (targets.query !== null && isSimulated) speaker.warn(speaker.speech.words.opening.simulated);
      const isUnsaid = all.includes('csv') || targets.query !== null;
      const incomplete = isUnsaid ? incompleteSentence(document, { ...viewOf(stdout), ...more }) : null;
      if (incomplete !== null) speaker.warn(incomplete);
    },
    write: (text) => stdout.write(text),
    claim: targets.claim,
    save,
    view: () => viewOf(stdout),
    waiting: () => (isPrinted ? [] : targets.files),
    isLost: () => hasFailed || stdout.isLost?.() === true,
    exitCodeOf: (code) =>
      hasFailed && (code === exitCodes.done || code === exitCodes.found) ? exitCodes.failed : code,
  };
}
