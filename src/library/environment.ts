import { setMaxListeners } from 'node:events';
import * as z from 'zod/mini';
import { defaults } from '../actions/defaults.ts';
import type { Environment as ActionEnvironment } from '../actions/environment.ts';
import type * as inside from '../actions/events.ts';
import { openAws, settlingOf } from '../actions/opening.ts';
import type { Question as ActionQuestion, Answers, Ask } from '../actions/questions.ts';
import { aborted } from '../aws/failure.ts';
import { createAwsTime, onAwsTime } from '../aws/time.ts';
import { systemClock } from '../clock.ts';
import { type DocumentKind, type Documents, documentSchemas, type Written, written } from '../documents/index.ts';
import { ProblemError, problemOf } from '../problems/index.ts';
import type { OutputDocument } from '../render/formats/format.ts';
import { asWritten } from '../render/written.ts';
import { diskFiles, type StateFiles } from '../run/files.ts';
import type { EntryOf } from '../run/journal.ts';
import { systemProcesses } from '../run/processes.ts';
import { createSpeech, en } from '../words/index.ts';
import { type Connection, wireOf } from './connecting.ts';
import { requireLimit } from './limits.ts';

declare const __VERSION__: string;
export const version = typeof __VERSION__ === 'undefined' ? '0.0.0-development' : __VERSION__;

/** What an action tells while it works; `event` says which it is. */
export type ActionEvent = Written<inside.ActionEvent>;

/** Maps stay what they are, and so do functions. */
type Outside<T> =
  T extends ReadonlyMap<string, string>
    ? T
    : T extends object
      ? { readonly [Key in keyof T]: T[Key] extends ReadonlyMap<string, string> ? T[Key] : Written<T[Key]> }
      : T;

/** What an action asks before it changes something. */
export type Question = Outside<ActionQuestion>;

/** What an action works with. Nothing in it is shared with another call, but for the connection. */
export interface Environment {
  readonly connection: Connection;
  /** Once it is aborted nothing new is begun. What is in flight ends, and the document says `complete: false`. */
  readonly stop?: AbortSignal | undefined;
  /**
   * Once it is aborted what is in flight is given up, too: a deletion that was asked for may have been done. What is known
   * by then is still answered; the call is rejected with the signal's reason only where that would be nothing.
   */
  readonly signal?: AbortSignal | undefined;
  /** Told what is going on. It must not throw. */
  readonly report?: ((event: ActionEvent) => void) | undefined;
  /** Who answers before something is changed. A question without an answer is a no. */
  readonly answers?: Answerers | undefined;
  /** Accounts in flight: 100 unless given. */
  readonly concurrency?: number | undefined;
  /** Root sessions opened a second, instead of finding AWS's limit. */
  readonly rate?: number | undefined;
  /** Accounts that are never touched: ids, name globs, OUs by id or path. */
  readonly protect?: readonly string[] | undefined;
  /** The folder of journals, locks and backups, made where it is not there; this user's alone (0700). */
  readonly state?: string | undefined;
}

/** For actions that keep a record of what they do, or look into it. */
export interface StatefulEnvironment extends Environment {
  readonly state: string;
}

/** The answer to each kind of question. */
export interface Answerers {
  /** Is `expected` what is meant? Whoever says yes has agreed. */
  readonly 'type-to-confirm'?:
    | ((question: Extract<Question, { readonly question: 'type-to-confirm' }>) => boolean | Promise<boolean>)
    | undefined;
  /** Which of these accounts? */
  readonly 'choose-accounts'?:
    | ((
        question: Extract<Question, { readonly question: 'choose-accounts' }>,
      ) => ReadonlySet<string> | Promise<ReadonlySet<string>>)
    | undefined;
}

type Stops = ActionEnvironment['stops'];

/**
 * Does something with what was given, and answers its document as it is written: with its sentences, in the order of its
 * schema.
 * @throws ProblemError for every way in which it can end that rootctl knows of; the signal's reason once it is aborted.
 */
export async function perform<Kind extends DocumentKind>(
  kind: Kind,
  given: Environment,
  act: (environment: ActionEnvironment) => Promise<OutputDocument>,
): Promise<Documents[Kind]> {
  return asDocument(kind, await acting(given, act));
}

/** A document as it is written: with its sentences, in the order of its schema. */
export function asDocument<Kind extends DocumentKind>(kind: Kind, document: OutputDocument): Documents[Kind] {
  const parsed = z.safeParse(documentSchemas[kind], asWritten(document, english));
  if (!parsed.success)
    throw new Error(`a ${document.kind} document is not as its schema says: ${parsed.error.message}`);
  return parsed.data as Documents[Kind]; // of this kind's schema
}

/** The same for what is no document. */
export async function acting<Result>(
  given: Environment,
  act: (environment: ActionEnvironment) => Promise<Result>,
): Promise<Result> {
  const { signal } = given;
  signal?.throwIfAborted();
  const { stops, release } = stopsOf(given);
  try {
    return await act(actionEnvironment(given, stops));
  } catch (error) {
    if (signal?.aborted === true && isGivenUp(error)) throw signal.reason;
    throw isKnown(error) ? new ProblemError(problemOf(error), error) : error;
  } finally {
    release();
  }
}

/** Documents, journals and events are in English, whatever language their reader speaks. */
const english = createSpeech(en, []);

/** The signals as actions know them: an abort of theirs carries an error of rootctl's, whatever the caller's reason is. */
function stopsOf({ stop, signal }: Environment): { readonly stops: Stops; readonly release: () => void } {
  const stopping = new AbortController();
  const aborting = new AbortController();
  // Every request in flight listens: hundreds are no leak, and Node's notice is not for somebody else's terminal.
  setMaxListeners(0, stopping.signal, aborting.signal);
  const onStop = (): void => stopping.abort(aborted());
  const onSignal = (): void => {
    onStop();
    aborting.abort(aborted());
  };
  if (stop?.aborted === true) onStop();
  stop?.addEventListener('abort', onStop, { once: true });
  signal?.addEventListener('abort', onSignal, { once: true });
  return {
    stops: { stopping: stopping.signal, aborting: aborting.signal },
    release: () => {
      stop?.removeEventListener('abort', onStop);
      signal?.removeEventListener('abort', onSignal);
    },
  };
}

/** Errors that carry a code of rootctl's or AWS's; Node's own (`ERR_…`) are mistakes. */
const isKnown = (error: unknown): boolean =>
  !(error instanceof ProblemError) &&
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  !error.code.startsWith('ERR_');

const isGivenUp = (error: unknown): boolean => error instanceof Error && problemOf(error).code === 'Aborted';

function actionEnvironment(given: Environment, stops: Stops): ActionEnvironment {
  const { connection, answers = {}, concurrency = defaults.concurrency, rate, protect = [] } = given;
  const { isSimulated, ...wire } = wireOf(connection);
  requireLimit('environment.concurrency', concurrency, 'count', 1);
  requireLimit('environment.rate', rate, 'rate', 'above-zero');
  const time = createAwsTime(systemClock);
  const clock = onAwsTime(systemClock, time);
  const { entryOf } = english;
  const report = (event: inside.ActionEvent): void => given.report?.(written(event, entryOf));
  const random = Math.random;
  const product = { version, isSimulated };
  return {
    aws: openAws(wire, { clock, product, random, rate: rate ?? null, report, time }),
    clock,
    isTimeKnown: time.isKnown,
    random,
    stops,
    concurrency,
    settling: settlingOf({ clock, report }),
    state: given.state === undefined ? noState : diskFiles(given.state),
    processes: systemProcesses,
    protections: protect,
    product,
    entryOf,
    report,
    ask: askOf(answers, entryOf),
  };
}

/** Whoever does not answer has not agreed. */
function askOf(answers: Answerers, entryOf: EntryOf): Ask {
  const answer = async (question: ActionQuestion): Promise<boolean | ReadonlySet<string>> => {
    switch (question.question) {
      case 'type-to-confirm':
        return answers['type-to-confirm']?.(written(question, entryOf)) ?? false;
      case 'choose-accounts': {
        const accounts = written(question.accounts, entryOf);
        return answers['choose-accounts']?.({ ...question, accounts }) ?? new Set<string>();
      }
    }
  };
  return async <Kind extends ActionQuestion['question']>(
    question: Extract<ActionQuestion, { readonly question: Kind }>,
  ) => (await answer(question)) as Answers[Kind]; // each case above answers its own kind
}

/** Where no folder was given nothing is there, and nothing can be kept. */
const noState: StateFiles = {
  folder: '',
  read: async () => null,
  list: async () => [],
  create: () => withoutState(),
  replace: () => withoutState(),
  openAppend: () => withoutState(),
  remove: async () => {},
  touch: async () => {},
  touchedAt: async () => null,
};

async function withoutState(): Promise<never> {
  throw new TypeError('environment.state: this needs a folder to keep its record in');
}
