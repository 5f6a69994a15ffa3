// Stryker's runner for vitest, and two things more: it says in which file the mutant is, so that the nearest tests are asked first
// (vitest.mutation.config.ts), and a mutant that kept a thread from answering counts as one that ran out of time.
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner';

export { strykerValidationSchema } from '@stryker-mutator/vitest-runner';

const [{ factory: createVitestRunner }] = vitestPlugins;

function createRunner(injector) {
  const runner = createVitestRunner(injector);
  const ask = runner.mutantRun.bind(runner);
  const begin = runner.init.bind(runner);
  runner.init = async () => {
    await begin();
    // Stryker names the file of each test, again and again; vitest compares each with all.
    const start = runner.ctx.start.bind(runner.ctx);
    runner.ctx.start = (files) => start(files === undefined ? files : [...new Set(files)]);
  };
  runner.mutantRun = async (options) => {
    setEnvironmentData('rootctl.mutated', options.sandboxFileName);
    setEnvironmentData('rootctl.hung', false);
    const result = await ask(options);
    return getEnvironmentData('rootctl.hung') === true ? { status: 'timeout', reason: 'a test did not end' } : result;
  };
  return runner;
}
createRunner.inject = createVitestRunner.inject;

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'vitest', createRunner)];
