import { ListPoliciesForTargetCommand } from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { applyDeletion } from '../../src/actions/apply-deletion.ts';
import type { ActionEvent } from '../../src/actions/events.ts';
import { planDeletion } from '../../src/actions/plan-deletion.ts';
import { requireResumable, resume } from '../../src/actions/resume.ts';
import type { DeleteDocument } from '../../src/documents/index.ts';
import { emptySelection } from '../../src/org/selecting.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { type BenchOptions, createBench } from '../support/bench.ts';
import { denyRoot, fullMembers, managementId, memberId, password, scenarioOf } from '../support/scenarios.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const holders = (count: number) => Array.from({ length: count }, () => ({ root: password }));
const outcomesOf = ({ accounts }: DeleteDocument) => accounts.map(({ id, outcome, reason }) => [id, outcome, reason]);
const eventsOf = <Name extends ActionEvent['event']>(events: readonly ActionEvent[], name: Name) =>
  events.filter((one): one is Extract<ActionEvent, { readonly event: Name }> => one.event === name);

function deleting(scenario: Scenario, options: BenchOptions = {}) {
  const bench = createBench(scenario, options);
  const { environment, events, files } = bench;
  return {
    ...bench,
    /** Deletes whatever there is. */
    all: async (failuresMax?: number) => {
      const deletion = await planDeletion({ selection: { ...emptySelection, all: true } }, environment);
      events.length = 0;
      return applyDeletion({ deletion, isConfirmed: true, waitMs: 60_000, failuresMax }, environment);
    },
    /** Goes on with a run, in a process of its own: no signal of before is heard there. */
    goOn: async (runId: string, stops = environment.stops) => {
      events.length = 0;
      const other = { ...environment, stops };
      return resume({ resumable: await requireResumable(runId, other), isConfirmed: true, waitMs: 60_000 }, other);
    },
    lastLine: () => {
      const [text = ''] = [...files.contents].filter(([name]) => name.startsWith('runs/')).map(([, one]) => one);
      return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
    },
  };
}

const unheard = () => ({ stopping: new AbortController().signal, aborting: new AbortController().signal });

describe('whoever listens to a deletion', () => {
  test('hears where its record is, how many accounts it has, each that is done, and how it ended', async () => {
    const { all, events } = deleting(scenarioOf([...holders(2), {}]));
    const { runId } = await all();
    expect(events.filter(({ event }) => event !== 'working')).toEqual([
      { event: 'run-begun', runId, journalPath: `/state/runs/${runId}.jsonl` },
      { event: 'accounts', what: 'done', listed: 2, finished: 0 },
      { event: 'phase', phase: 'deleting' },
      { event: 'accounts', what: 'done', listed: 2, finished: 1 },
      { event: 'accounts', what: 'done', listed: 2, finished: 2 },
      { event: 'run-ended', runId, state: 'finished', problem: null },
    ]);
  });

  test('hears what ended it before its time, which the record tells too', async () => {
    const scenario = scenarioOf(holders(4), { organization: { policies: [denyRoot([first], 'iam:Delete*')] } });
    const { all, events, lastLine } = deleting(scenario);
    const { runId, summary } = await all(1);
    const problem = { code: 'TooManyFailures', data: { failed: 1, areFirst: false, runId } };
    expect(eventsOf(events, 'run-ended')).toMatchObject([{ runId, state: 'interrupted', problem }]);
    expect(lastLine()).toMatchObject({
      event: 'end',
      state: 'interrupted',
      error: { code: 'TooManyFailures' },
      summary,
    });
  });

  test.each(['read', 'remove'] as const)(
    'is told all of it where its lock cannot be given back (%s)',
    async (operation) => {
      const { all, files, sandbox } = deleting(scenarioOf(holders(1)), {
        onEvent: ({ event }) => {
          if (event === 'run-begun') Object.assign(files, { [operation]: () => Promise.reject(new Error('EROFS')) });
        },
      });
      const document = await all();
      expect(outcomesOf(document)).toContainEqual([first, 'deleted', null]);
      expect(sandbox.accounts.find(({ id }) => id === first)?.root.loginProfile).toBeUndefined();
    },
  );

  test('hears of a stop as of no problem', async () => {
    const scene = deleting(scenarioOf(holders(3)), {
      onEvent: (event) => {
        if (event.event === 'accounts' && event.what === 'done' && event.finished === 1) scene.stopping.abort();
      },
    });
    await scene.all();
    expect(eventsOf(scene.events, 'run-ended')).toMatchObject([{ state: 'interrupted', problem: null }]);
    expect(scene.lastLine()).toMatchObject({ event: 'end', state: 'interrupted', error: null });
  });

  test('hears that the end could not be written, where nothing else ended it', async () => {
    const { all, events, files } = deleting(scenarioOf(holders(1)));
    files.onAppend = (_name, text) => {
      if (text.includes('"event":"end"')) throw new Error('ENOSPC: no space left on device');
    };
    await all();
    expect(eventsOf(events, 'run-ended')).toMatchObject([{ problem: { code: 'JournalUnwritable' } }]);
  });
});

describe('a deletion', () => {
  test('asks for nothing more once another run has the organization, and names that run', async () => {
    const other = {
      pid: 7,
      identity: 'x',
      place: 'there',
      work: 'run-of-another',
      startedAt: '2026-01-31T09:30:00.000Z',
    };
    const scene = deleting(scenarioOf(holders(3)), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=DeleteLoginProfile')) return;
        for (const name of scene.files.contents.keys())
          if (name.startsWith('locks/')) scene.files.contents.set(name, JSON.stringify(other));
      },
    });
    const pulse = {
      place: 'here',
      relationTo: () => 'elsewhere' as const,
      keep: () => () => {},
      everyMs: -1, // as if it had slept before each
      isHeard: async () => true,
    };
    Object.assign(scene.environment, { processes: { ...scene.environment.processes, pulse } });
    const document = await scene.all();
    expect(outcomesOf(document).filter(([, outcome]) => outcome === 'deleted')).toEqual([[first, 'deleted', null]]);
    expect(scene.sandbox.requests.filter(({ operation }) => operation === 'DeleteLoginProfile')).toHaveLength(1);
    expect(eventsOf(scene.events, 'run-ended')).toMatchObject([
      { state: 'interrupted', problem: { code: 'RunInProgress', data: { runId: 'run-of-another' } } },
    ]);
  });

  test('tells what it deleted, whatever goes wrong while a denial is explained', async () => {
    const scenario = scenarioOf(holders(2), { organization: { policies: [denyRoot([first], 'iam:Delete*')] } });
    const { all, lastLine } = deleting(scenario, {
      awsOf: (aws) => ({
        ...aws,
        organizations: (command, signal) =>
          command instanceof ListPoliciesForTargetCommand
            ? Promise.reject(new TypeError('a mistake of ours'))
            : aws.organizations(command, signal),
      }),
    });
    const document = await all();
    expect(outcomesOf(document)).toEqual([
      [managementId, 'skipped', 'management-account'],
      [first, 'failed', null],
      [second, 'deleted', null],
    ]);
    expect(lastLine()).toMatchObject({ event: 'end', state: 'finished' });
  });

  test('that is stopped is not complete: the accounts that it did not reach are told as not tried', async () => {
    const scene = deleting(scenarioOf(holders(3)), {
      onEvent: (event) => {
        if (event.event === 'accounts' && event.what === 'done' && event.finished === 1) scene.stopping.abort();
      },
    });
    const document = await scene.all();
    expect(document.complete).toBe(false);
    expect(outcomesOf(document).slice(1)).toEqual([
      [first, 'deleted', null],
      [second, 'skipped', 'not-tried'],
      [third, 'skipped', 'not-tried'],
    ]);
    expect(eventsOf(scene.events, 'accounts').map(({ listed, finished }) => [listed, finished])).toEqual([
      [3, 0],
      [3, 1],
    ]);
  });

  test('is complete where the stop came when its last account was done', async () => {
    const scene = deleting(scenarioOf(holders(2)), {
      onEvent: (event) => {
        if (event.event === 'accounts' && event.what === 'done' && event.finished === 2) scene.stopping.abort();
      },
    });
    expect((await scene.all()).complete).toBe(true);
    expect(scene.lastLine()).toMatchObject({ event: 'end', state: 'finished' });
  });

  test('holds the organization while it works, and lets it go at its end', async () => {
    const held: (readonly string[])[] = [];
    const scene = deleting(scenarioOf(holders(1)), {
      onEvent: ({ event }) => {
        if (event === 'run-begun') held.push([...scene.files.contents.keys()].filter((name) => name.includes('lock')));
      },
    });
    await scene.all();
    expect(held).toEqual([[expect.stringContaining('o-testorg0001')]]);
    expect([...scene.files.contents.keys()].filter((name) => name.includes('lock'))).toEqual([]);
  });
});

describe('a deletion that is gone on with', () => {
  /** Its first account was begun when the answers of AWS stopped, and none of the others. */
  const cut = async (memberCount = 3) => {
    const resuming = new AbortController();
    const scene = deleting(scenarioOf(fullMembers(memberCount)), {
      onEvent: ({ event }) => {
        if (event === 'note') resuming.abort();
      },
    });
    let count = 0;
    scene.files.onAppend = (_name, text) => {
      if (text.includes('"event":"answer"')) count += 1;
      if (count > 2) throw new Error('ENOSPC: no space left on device');
    };
    const { runId } = await scene.all();
    delete scene.files.onAppend;
    /** A stop that comes when what is left was read and is about to be begun. */
    const stopped = { ...unheard(), stopping: resuming.signal };
    return { ...scene, runId: runId ?? '', stopped };
  };
  const doneIn = ({ accounts }: DeleteDocument, id: string) =>
    accounts.find((one) => one.id === id)?.actions.filter(({ result }) => result === 'deleted').length;

  test('and stopped before it reaches an account tells it as the earlier part left it, and is not complete', async () => {
    const { goOn, runId, events, lastLine, stopped } = await cut();
    const document = await goOn(runId, stopped);
    expect(doneIn(document, first)).toBe(2);
    expect(outcomesOf(document).slice(1)).toEqual([
      [first, 'unverified', null],
      [second, 'skipped', 'not-tried'],
      [third, 'skipped', 'not-tried'],
    ]);
    expect(document.complete).toBe(false);
    expect(eventsOf(events, 'run-ended')).toMatchObject([{ runId, state: 'interrupted' }]);
    expect(lastLine()).toMatchObject({ event: 'end', state: 'interrupted', summary: { unverified: 1, skipped: 3 } });
  });

  test('and stopped with nothing but an account left that was begun is not complete either', async () => {
    const { goOn, runId, lastLine, stopped } = await cut(1);
    const document = await goOn(runId, stopped);
    expect(outcomesOf(document).slice(1)).toEqual([[first, 'unverified', null]]);
    expect(document.complete).toBe(false);
    expect(lastLine()).toMatchObject({ event: 'end', state: 'interrupted' });
  });

  test('counts what is left, and tells of an account what this part did, not what the earlier one did', async () => {
    const { goOn, runId, events } = await cut();
    const document = await goOn(runId);
    expect(outcomesOf(document).slice(1)).toEqual([
      [first, 'deleted', null],
      [second, 'deleted', null],
      [third, 'deleted', null],
    ]);
    expect(document.complete).toBe(true);
    expect(
      eventsOf(events, 'accounts')
        .filter(({ what }) => what === 'done')
        .map(({ finished }) => finished),
    ).toEqual([0, 1, 2, 3]);
    expect(eventsOf(events, 'note')).toEqual([
      { event: 'note', note: { note: 'resuming', runId, settled: 0, left: 3 } },
    ]);
  });
});
