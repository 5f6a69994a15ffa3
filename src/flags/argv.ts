import type { Variables } from '../configuration/settings.ts';
import { withoutPassword } from '../configuration/values.ts';
import type { LeadBack } from '../words/index.ts';
import type { GlobalOptions } from './options.ts';

/** Global flags that matter even where the command line cannot be parsed. */
export type EarlyFlags = Pick<
  GlobalOptions,
  'output' | 'out' | 'query' | 'lang' | 'profile' | 'region' | 'endpointUrl' | 'config' | 'color' | 'sandbox' | 'debug'
>;

/** The global flags, read from the words themselves: an error may be that they cannot be parsed. */
export function flagsIn(argv: readonly string[]): EarlyFlags {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const values = {
    output: valueIn(words, '--output', '-o'),
    query: valueIn(words, '--query'),
    lang: valueIn(words, '--lang'),
    profile: valueIn(words, '--profile'),
    region: valueIn(words, '--region'),
    endpointUrl: valueIn(words, '--endpoint-url'),
    config: valueIn(words, '--config'),
  };
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(given),
    out: words.flatMap((word, index) =>
      word === '--out' ? (words[index + 1] ?? []) : word.startsWith('--out=') ? word.slice('--out='.length) : [],
    ),
    color: !words.includes('--no-color'),
    sandbox: words.includes('--sandbox'),
    debug: words.includes('--debug'),
  };
}

function valueIn(words: readonly string[], long: string, short?: string): string | undefined {
  let found: string | undefined;
  for (const [index, word] of words.entries()) {
    if (word === long || word === short) found = words[index + 1] ?? found;
    else if (word.startsWith(`${long}=`)) found = word.slice(long.length + 1);
    else if (short !== undefined && word.startsWith(short)) found = word.slice(short.length).replace(/^=/u, '');
  }
  return found;
}

/** What the environment adds to them. Of what is wrong there the command tells when it begins. */
export const withVariables = (flags: EarlyFlags, env: Variables): EarlyFlags => {
  const output = flags.output ?? (env['ROOTCTL_OUTPUT'] || undefined);
  const config = flags.config ?? (env['ROOTCTL_CONFIG'] || undefined);
  return {
    ...flags,
    ...(output === undefined ? {} : { output }),
    ...(config === undefined ? {} : { config }),
    color: flags.color && !isOn(env['ROOTCTL_NO_COLOR']),
    debug: flags.debug === true || isOn(env['ROOTCTL_DEBUG']),
  };
};

const isOn = (text: string | undefined): boolean => text === '1' || text === 'true';

export const isSimulated = ({ sandbox }: Pick<GlobalOptions, 'sandbox'>, env: Variables): boolean =>
  sandbox === true || isOn(env['ROOTCTL_SANDBOX']);

/**
 * What a command to paste is given so that it is about the same organization. What came from the environment is there
 * for the pasted command too, and so is the configuration; only the sandbox is always said.
 */
export function leadBackOf(
  flags: Pick<GlobalOptions, 'sandbox' | 'profile' | 'region' | 'endpointUrl' | 'config'>,
  env: Variables,
): LeadBack {
  const flag = (name: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [name, value];
  return [
    ...(isSimulated(flags, env) ? ['--sandbox'] : []),
    ...flag('--profile', flags.profile),
    ...flag('--region', flags.region),
    ...flag('--endpoint-url', flags.endpointUrl === undefined ? undefined : withoutPassword(flags.endpointUrl)),
    ...flag('--config', flags.config),
  ];
}

/** The format of stdout as far as the words say one, right or wrong: an error may be that they are wrong. */
export function formatOnStdout({ output, out: outs = [], query }: EarlyFlags): string | null {
  const here = outs.find((out) => out.endsWith('=-'));
  return here === undefined ? (output ?? (query === undefined ? null : 'json')) : here.slice(0, -'=-'.length);
}
