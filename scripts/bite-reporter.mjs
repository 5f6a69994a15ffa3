// Keeps each mutant's result as Stryker finds it, so that a run that is cut short can be judged by what it has seen.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** @typedef {import('@stryker-mutator/api/core').MutantResult} MutantResult */

/** @type {{ tested: MutantResult[], planned: readonly string[], onTested: () => void }} `planned`: the file of each mutant. */
export const seen = { tested: [], planned: [], onTested: () => {} };

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Reporter, 'bite', {
    onMutationTestingPlanReady: ({ mutantPlans }) => {
      seen.planned = mutantPlans.map(({ mutant }) => mutant.fileName);
    },
    onMutantTested: (result) => {
      seen.tested.push(result);
      seen.onTested();
    },
  }),
];
