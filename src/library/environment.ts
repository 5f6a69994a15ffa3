import { setMaxListeners } from 'node:events';
import type { Environment as ActionEnvironment } from '../actions/environment.ts';
import type * as inside from '../actions/events.ts';
import type { Answers, Ask, Question } from '../actions/questions.ts';
import { createAws } from '../aws/clients.ts';
import { aborted } from '../aws/failure.ts';
import { createAwsTime, onAwsTime } from '../aws/time.ts';
import { systemClock } from '../clock.ts';
import { type Written, written } from '../documents/index.ts';
import { ProblemError, problemOf } from '../problems/index.ts';
import { createSettling } from '../root/session.ts';
import { diskFiles, type StateFiles } from '../run/files.ts';
import { systemProcesses } from '../run/processes.ts';
import { createAdaptivePace } from '../run/rate.ts';
import { createSpeech, en } from '../words/index.ts';
import { type Connection, wireOf } from './connecting.ts';

declare const __VERSION__: string;
const version = typeof __VERSION__ === 'undefined' ? '0.0.0-development' : __VERSION__;

/** What an action tells while it works; `event` says which it is. */
export type ActionEvent = Written<inside.ActionEvent>;

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
}

/** For actions that keep a record of what they do, or look into it. */
export interface StatefulEnvironment extends Environment {
  /** The folder of journals, locks and backups, made where it is not there; this user's alone (0700). */
  readonly state: string;
}

/** The answer to each kind of question. */
export type Answerers = {
  readonly [Kind in Question['question']]?:
    | ((question: Extract<Question, { readonly question: Kind }>) => Promise<Answers[Kind]> | Answers[Kind])
    | undefined;
};

type Stops = ActionEnvironment['stops'];

const defaultConcurrency = 100;

/**
 * Does something with what was given, and answers as documents are written.
 * @throws ProblemError for every way in which it can end that rootctl knows of; the signal's reason once it is aborted.
 */
export async function perform<Result>(
  given: Environment & { readonly state?: string },
  act: (environment: ActionEnvironment) => Promise<Result>,
): Promise<Written<Result>> {
  const { signal } = given;
  signal?.throwIfAborted();
  const { stops, release } = stopsOf(given);
  const environment = actionEnvironment(given, stops);
  try {
    return written(await act(environment), environment.entryOf);
  } catch (error) {
    if (signal?.aborted === true && isGivenUp(error)) throw signal.reason;
    throw isKnown(error) ? new ProblemError(problemOf(error), error) : error;
  } finally {
    release();
  }
}

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

function actionEnvironment(given: Environment & { readonly state?: string }, stops: Stops): ActionEnvironment {
  const { connection, answers = {}, concurrency = defaultConcurrency, rate, protect = [] } = given;
  const { isSimulated, ...wire } = wireOf(connection);
  const time = createAwsTime(systemClock);
  const clock = onAwsTime(systemClock, time);
  const { entryOf } = createSpeech(en, []);
  const report = (event: inside.ActionEvent): void => given.report?.(written(event, entryOf));
  return {
    aws: createAws({
      ...wire,
      pace: createAdaptivePace({
        clock,
        fixedStsRate: rate ?? null,
        onBackingOff: () => report({ event: 'held-back' }),
      }),
      clock,
      time,
      random: Math.random,
      userAgent: `rootctl/${version}`,
    }),
    clock,
    isTimeKnown: time.isKnown,
    random: Math.random,
    stops,
    concurrency,
    settling: createSettling(clock, () => report({ event: 'note', note: { note: 'waiting-for-root-sessions' } })),
    state: given.state === undefined ? noState : diskFiles(given.state),
    processes: systemProcesses,
    protections: protect,
    product: { version, isSimulated },
    entryOf,
    report,
    ask: askOf(answers),
  };
}

/** Whoever does not answer has not agreed. */
function askOf(answers: Answerers): Ask {
  const unanswered: Answers = { 'type-to-confirm': false, 'choose-accounts': new Set() };
  return async <Kind extends Question['question']>(question: Extract<Question, { readonly question: Kind }>) => {
    const kind: Kind = question.question;
    const answer = answers[kind];
    return answer === undefined ? unanswered[kind] : answer(question);
  };
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
};

async function withoutState(): Promise<never> {
  throw new TypeError('environment.state: this needs a folder to keep its record in');
}
