import { DescribeOrganizationalUnitCommand } from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { comparedWith } from '../../src/actions/baseline.ts';
import { listRuns, requireRun, showRun } from '../../src/actions/runs.ts';
import { status } from '../../src/actions/status.ts';
import { requireTargets } from '../../src/actions/targets.ts';
import { unitNamesAt } from '../../src/actions/unit-names.ts';
import { isAccountId } from '../../src/org/account.ts';
import { readOrganization } from '../../src/org/organization.ts';
import { emptySelection } from '../../src/org/selecting.ts';
import { problemError } from '../../src/problems/index.ts';
import { createBench } from '../support/bench.ts';
import { headerOf, writeJournal } from '../support/journals.ts';
import { denyRoot, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const [first, second] = [0, 1].map(memberId) as [string, string];
const unit = 'ou-test-aaaaaaaa';
const inUnit = scenarioOf([{ parentId: unit, root: password }, {}], {
  organization: { organizationalUnits: [{ id: unit, name: 'Safe', parentId: 'r-test' }] },
});
const at = { path: `o-testorg0001/r-test/${unit}/` };

describe('names of OUs for a command that shows them twice', () => {
  test('that were told on the way are not read again, and everybody hears of them all the same', async () => {
    const { environment, events, sandbox } = createBench(inUnit);
    const { environment: listening, units } = unitNamesAt(environment);
    const told = { event: 'unit-names', units: [{ id: unit, name: 'Told' }] } as const;
    listening.report(told);
    listening.report({ event: 'held-back' });
    expect(await units([at])).toEqual(new Map([[unit, 'Told']]));
    expect(events.slice(0, 2)).toEqual([told, { event: 'held-back' }]);
    expect(sandbox.requests).toEqual([]);
  });

  test('that nobody told are read; a stop ends that, since they are ornaments', async () => {
    const { environment } = createBench(inUnit);
    expect(await unitNamesAt(environment).units([at])).toEqual(new Map([[unit, 'Safe']]));
    const signals: (AbortSignal | undefined)[] = [];
    const bench = createBench(inUnit, {
      awsOf: (aws) => ({
        ...aws,
        organizations: (command, signal) => {
          if (command instanceof DescribeOrganizationalUnitCommand) signals.push(signal);
          return aws.organizations(command, signal);
        },
      }),
    });
    await unitNamesAt(bench.environment).units([at]);
    expect(signals).toHaveLength(1);
    bench.stopping.abort();
    expect(signals[0]?.aborted).toBe(true);
  });
});

test('accounts that were named one by one are no targets while nobody can tell what a protection means', async () => {
  const { environment, sandbox } = createBench(scenarioOf([{}]));
  const { organization } = await readOrganization(environment.aws);
  const [id] = [first].filter(isAccountId);
  sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListOrganizationalUnitsForParent' }] });
  const world = { ...environment, protections: ['Workloads'] };
  await expect(requireTargets(world, organization, id === undefined ? [] : [id])).rejects.toMatchObject({
    problem: { code: 'UnknownOrganizationalUnit' },
  });
});

describe('two statuses that are compared', () => {
  const read = (scenario = inUnit) => status({ selection: emptySelection }, createBench(scenario).environment);

  test('tell what changed, and who has left only where all members are known', async () => {
    const then = await read();
    const now = await read(scenarioOf([{}]));
    const baseline = { document: then, path: null };
    const { changes, ...rest } = comparedWith(baseline, now, new Set([first]));
    expect(changes).toMatchObject([
      { id: first, change: 'gone' },
      { id: second, change: 'left' },
    ]);
    expect({ ...rest, changes: null }).toEqual(now);
    expect(comparedWith(baseline, now).changes).toMatchObject([{ id: first, change: 'gone' }]);
  });

  test('are of one organization, and the earlier one came to its end', async () => {
    const document = await read();
    const { simulated: _, ...real } = document;
    const compare = (earlier: object) => () =>
      comparedWith({ document: { ...document, ...earlier }, path: 'then.json' }, document);
    expect(compare({ complete: false })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'IncompleteBaseline' }) }),
    );
    expect(() => comparedWith({ document: real, path: null }, document)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'OtherOrganization' }) }),
    );
  });
});

describe('a run that is asked for by its id', () => {
  const begun = async () => {
    const bench = createBench(scenarioOf([{ root: password }]));
    const scene = createScene(scenarioOf([{ root: password }]), { files: bench.files });
    const { runId } = (await scene.run(['delete', '--all', '--yes', '-o', 'json'])).json;
    const refusal = (id: string) =>
      requireRun(id, bench.environment).then(
        () => null,
        (error: { readonly problem: unknown }) => error.problem,
      );
    return { ...bench, runId: String(runId), refusal };
  };

  test('and is not there is told with the latest one that is, and where it was looked for', async () => {
    const { refusal, runId, files } = await begun();
    const unknown = (id: string, last: string | null) => ({
      code: 'UnknownRun',
      data: { runId: id, folder: '/state/runs', last },
    });
    expect(await refusal('20200101-0000-aaaa')).toMatchObject(unknown('20200101-0000-aaaa', runId));
    for (const id of ['../runs/x', `${runId}.jsonl`, '', `${runId}/`, ` ${runId}`]) {
      expect(await refusal(id)).toMatchObject(unknown(id, runId));
    }
    files.contents.clear();
    expect(await refusal('20200101-0000-aaaa')).toMatchObject(unknown('20200101-0000-aaaa', null));
  });

  test('and cannot be read says so of itself', async () => {
    const { environment, runId } = await begun();
    const read = (why: Error) =>
      requireRun(runId, { ...environment, state: { ...environment.state, read: () => Promise.reject(why) } });
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    await expect(read(denied)).rejects.toMatchObject({
      problem: { code: 'UnreadableJournal', data: { runId, why: expect.anything() } },
    });
    const insecure = problemError('StateFolderInsecure', { folder: '/state', uid: 7 });
    await expect(read(insecure)).rejects.toBe(insecure);
  });

  test('is looked for by that name alone: what is no id is no file', async () => {
    const { environment, runId } = await begun();
    for (const id of ['../locks/x', `${runId}.jsonl`, `${runId}/..`, '']) {
      const names: string[] = [];
      const read = (name: string) => {
        names.push(name);
        return environment.state.read(name);
      };
      await expect(requireRun(id, { ...environment, state: { ...environment.state, read } })).rejects.toMatchObject({
        problem: { code: 'UnknownRun' },
      });
      expect(new Set(names)).toEqual(new Set([`runs/${runId}.jsonl`]));
    }
  });

  test('is not complete where failures ended it, though it reached all accounts', async () => {
    const scene = createScene(
      scenarioOf([{ root: password }], { organization: { policies: [denyRoot([first], 'iam:DeleteLoginProfile')] } }),
    );
    const { runId } = (await scene.run(['delete', '--all', '--max-failures', '1', '--yes', '-o', 'json'])).json;
    const { environment } = createBench(scenarioOf([]));
    const document = await showRun(runId, { ...environment, state: scene.files });
    expect(document).toMatchObject({ complete: false, run: { state: 'interrupted' }, journal: { intact: true } });
    expect(document.accounts.find(({ id }) => id === first)).toMatchObject({ outcome: 'failed' });
    expect(await listRuns({ ...environment, state: scene.files })).toMatchObject({
      complete: true,
      runs: [{ id: runId }],
      openRecoveries: [],
    });
  });

  test('what is no journal among them is told, and hides no other', async () => {
    const { refusal, files, events, runId } = await begun();
    files.contents.set('runs/notes.jsonl', 'buy milk\n');
    expect(await refusal('nobody')).toMatchObject({ data: { last: runId } });
    expect(events).toMatchObject([
      {
        event: 'problem',
        weight: 'warning',
        problem: { code: 'NoJournal', data: { path: '/state/runs/notes.jsonl' } },
      },
    ]);
    expect(await refusal('notes')).toMatchObject({ code: 'UnreadableJournal', data: { runId: 'notes' } });
    const { environment } = createBench(scenarioOf([]));
    expect(await listRuns({ ...environment, state: files })).toMatchObject({ complete: false, runs: [{ id: runId }] });
  });

  test('is simulated where it was, wherever it is looked at', async () => {
    const { environment, files } = createBench(scenarioOf([]));
    await writeJournal(files, 'real', [{ ...headerOf('real'), simulated: false }]);
    await writeJournal(files, 'played', [{ ...headerOf('played'), simulated: true }]);
    for (const isSimulated of [false, true]) {
      const looking = { ...environment, product: { version: '1.0.0', isSimulated } };
      expect(await showRun('real', looking)).not.toHaveProperty('simulated');
      expect(await showRun('played', looking)).toMatchObject({ simulated: true });
    }
  });

  test('is complete where it came to its end, reached all accounts, and its record is whole', async () => {
    const { environment, files, runId } = await begun();
    const name = `runs/${runId}.jsonl`;
    const text = files.contents.get(name) ?? '';
    const whole = await showRun(runId, environment);
    expect(whole).toMatchObject({
      complete: true,
      run: { id: runId, state: 'finished' },
      journal: { path: `/state/${name}`, intact: true, problem: null },
    });
    files.contents.set(name, text.replace('member-0', 'member-9'));
    const changed = await showRun(runId, environment);
    expect(changed).toMatchObject({ complete: false, journal: { intact: false } });
    expect(changed.journal.problem).not.toBeNull();
    files.contents.set(name, text.split('\n').slice(0, -2).join('\n'));
    expect(await showRun(runId, environment)).toMatchObject({ complete: false, run: { state: 'interrupted' } });
  });
});
