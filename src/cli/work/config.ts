import type { Command } from 'commander';
import { headingOf } from '../../actions/heading.ts';
import { configurationSchema } from '../../configuration/schema.ts';
import { effectiveSettings } from '../../flags/effective.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { Desk } from '../desk.ts';

type Showing = Pick<Desk, 'configured' | 'errors' | 'groundwork' | 'output'>;

/** What is wrong is told, and all the rest of it. */
export async function show({ configured, errors, groundwork, output }: Showing, command: Command): Promise<number> {
  output.formatFor('rootctl.config');
  const { configuration, problem, env } = configured;
  const { settings, errors: ofVariables } = effectiveSettings(command.parent ?? command, configuration, env);
  const found = problem === null ? ofVariables : [problem, ...ofVariables];
  await output.print({
    ...headingOf(groundwork, 'rootctl.config', found.length === 0),
    files: [...configuration.files],
    settings: [...settings],
    errors: [...found],
  });
  for (const one of found) errors.tell(one);
  return found.length === 0 ? exitCodes.done : exitCodes.failed;
}

/** In English: editors show it. */
export async function writeSchema({ configured, output }: Pick<Desk, 'configured' | 'output'>): Promise<number> {
  output.formOf('config schema', ['table', 'json']);
  output.write(`${JSON.stringify(configurationSchema(configured.settings()), null, 2)}\n`);
  return exitCodes.done;
}
