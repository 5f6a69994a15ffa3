import { expect, test } from 'vitest';
import { createAsk } from '../../src/cli/asking.ts';
import type { PlanAccount } from '../../src/documents/index.ts';
import { noProgress } from '../../src/terminal/progress.ts';
import { createSpeech, en } from '../../src/words/index.ts';

const account = (id: string, name: string, path: string): PlanAccount => ({
  id,
  name,
  path,
  actions: [],
  warnings: [],
});

test('accounts to choose from are in the order of the status: by unit, then by name, numbers as people count', async () => {
  const offered: string[] = [];
  const ask = createAsk({
    prompts: {
      ask: async () => null,
      choose: async (_question, choices) => {
        offered.push(...choices.map(({ group, name }) => `${group} ${name}`));
        return [];
      },
    },
    speaker: {
      speech: createSpeech(en, []),
      notice: () => {},
      warn: () => {},
      annotate: () => {},
      point: () => {},
      debug: () => {},
      columns: () => 80,
      progress: () => noProgress,
      pause: () => {},
    },
    stops: {
      stopping: new AbortController().signal,
      aborting: new AbortController().signal,
      exitCode: () => null,
      onStopping: null,
      dispose: () => {},
    },
    report: () => {},
    nowMs: () => 0,
    show: () => {},
  });
  const accounts = [
    account('333333333333', 'team-10', 'o-a/r-a/ou-a/'),
    account('111111111111', 'team-2', 'o-a/r-a/ou-b/'),
    account('222222222222', 'Team-2', 'o-a/r-a/ou-a/'),
  ];
  const ouNames = new Map([
    ['ou-a', 'Unit 2'],
    ['ou-b', 'Unit 10'],
  ]);
  await ask({ question: 'choose-accounts', accounts, ouNames });
  expect(offered).toEqual(['Unit 2 Team-2', 'Unit 2 team-10', 'Unit 10 team-2']);
});
