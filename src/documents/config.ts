import * as z from 'zod/mini';
import { errorEntry, type Held, heading } from './common.ts';

/** What holds for one flag of one command, and who says so. */
const effectiveSetting = z
  .strictObject({
    command: z.nullable(z.string()).check(z.meta({ description: 'null: every command' })),
    name: z
      .string()
      .check(z.meta({ description: 'the flag without its dashes; protect: an account that no command touches' })),
    variable: z.nullable(z.string()),
    value: z
      .nullable(z.string())
      .check(z.meta({ description: 'null: nobody says anything, and nothing holds by itself' })),
    source: z.enum(['flag', 'variable', 'file', 'default']),
    from: z
      .nullable(z.string())
      .check(z.meta({ description: 'the flag, the variable, or file:line:column; null: the default' })),
  })
  .check(z.meta({ id: 'effectiveSetting' }));

/** `config show`. `errors`: what is wrong in the environment and the files; what they say counts for nothing here. */
export const configDocument = z.strictObject({
  ...heading('rootctl.config'),
  files: z.array(z.string()),
  settings: z.array(effectiveSetting),
  errors: z.array(errorEntry),
});
export type ConfigDocument = Held<z.infer<typeof configDocument>>;
export type EffectiveSetting = ConfigDocument['settings'][number];
