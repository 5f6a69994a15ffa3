import { grammar } from './grammar.ts';

const { count, number } = grammar;

/** What was done on this machine. */
export const runs = {
  titles: {
    run: 'RUN',
    command: 'COMMAND',
    state: 'STATE',
    started: 'STARTED',
    took: 'TOOK',
    accounts: 'ACCOUNTS',
    account: 'ACCOUNT',
    name: 'NAME',
    outcome: 'OUTCOME',
    credentials: 'CREDENTIALS',
    at: 'AT',
    event: 'EVENT',
    credential: 'CREDENTIAL',
    request: 'REQUEST',
    sessionKey: 'SESSION KEY',
    detail: 'DETAIL',
  },
  none: 'No runs yet.',
  next: (command: string) => `next: ${command}`,
  /** AWS's words and rootctl's own for how a run, an account or a credential ended: data says the same in English. */
  states: { finished: 'finished', interrupted: 'interrupted', running: 'running' },
  outcome: (outcome: string) => outcome,
  result: (result: string) => result.replaceAll('-', ' '),
  counted: (value: number, outcome: string) => `${number(value)} ${outcome}`,
  ofResult: (result: string, credentials: string) => `${result}: ${credentials}`,
  open: {
    allowed: (account: string, email: string, ago: string, reason: string | null) =>
      `⚠ ${account}: password recovery for ${email} allowed ${ago}${reason === null ? '' : ` (${reason})`}, may still be open`,
    unverified: (account: string, email: string, ago: string, reason: string | null) =>
      `⚠ ${account}: password recovery for ${email} asked for ${ago}${reason === null ? '' : ` (${reason})`} without an answer, may be open`,
  },
  head: (run: string, command: string, organization: string | null, state: string) =>
    `run ${run} · ${command} · ${organization ?? 'unknown organization'} · ${state}`,
  started: (at: string, ago: string, took: string | null) =>
    `started ${at} (${ago})${took === null ? '' : `, took ${took}`}`,
  journal: (path: string, state: string) => `journal ${path}: ${state}`,
  intact: 'intact (every line follows from the one before)',
  notIntact: (why: string) => `NOT intact: ${why}`,
  untouched: 'No account was changed.',
  /** Of a journal that is not intact. */
  partlyTold: 'The journal records changes, but not all of it can be read: see its events.',
  untold: 'What can be read of the journal records no change. Whether an account was changed is unknown.',
  /** @param query whether the query is left out too. */
  all: (events: number, query: boolean, command: string) =>
    `the ${count(events, { one: 'event', other: 'events' })}${query ? ', and the query for them in CloudTrail' : ''}: ${command}`,
  inCloudTrail: 'Query for the same events in CloudTrail:',
};
