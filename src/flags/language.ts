import type { ConfigurationReader } from '../configuration/reading.ts';
import type { Variables } from '../configuration/settings.ts';
import { languageName } from '../configuration/values.ts';
import { carries, problemError } from '../problems/thrown.ts';
import type { Language } from '../words/index.ts';
import type { EarlyFlags } from './argv.ts';

/** Where a language may be named; the first that names one wins. */
interface Naming {
  readonly flag: string | undefined;
  readonly env: Variables;
  /** `lang:` of the configuration. */
  readonly config: string | undefined;
}

const variable = 'ROOTCTL_LANG';

/**
 * `--lang`, else `ROOTCTL_LANG`, else `lang:` of the configuration, else the locale of the terminal.
 * @throws ProblemError `Usage` where the variable names a language that is not spoken, `InvalidValue` where another does.
 */
export function chooseLanguage({ flag, env, config }: Naming): Language {
  if (flag !== undefined) return languageName(flag);
  const named = env[variable];
  if (named) return ofVariable(named);
  return config === undefined ? localeLanguage(env) : languageName(config);
}

function ofVariable(value: string): Language {
  try {
    return languageName(value);
  } catch (error) {
    if (!carries(error, 'InvalidValue')) throw error;
    throw problemError('Usage', {
      mistake: 'invalid-variable',
      word: variable,
      value,
      ...error.problem.data,
      near: null,
      see: 'rootctl',
    });
  }
}

/**
 * The language of the terminal's messages, by POSIX's order: the first of the three that is not empty. What is printed
 * is UTF-8, so a locale of another charset, such as `ja_JP.eucJP`, gets the language that every charset has.
 */
export function localeLanguage(env: Variables): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^ja(?:_[a-z]{2})?(?:\.utf-?8)?(?:@\w+)?$/iu.test(locale) ? 'ja' : 'en';
}

/**
 * The language of the help, and of errors before the command has begun. Where one that is named is not spoken, or the
 * configuration cannot be read, the terminal's: that error is told in it, and `--help` helps all the same.
 */
export async function earlyLanguage(
  { lang: flag, config: named }: EarlyFlags,
  env: Variables,
  configurationOf: ConfigurationReader,
): Promise<Language> {
  try {
    const isNamed = flag !== undefined || Boolean(env['ROOTCTL_LANG']);
    const config = isNamed ? undefined : (await configurationOf(named)).textOf('lang');
    return chooseLanguage({ flag, env, config });
  } catch {
    return localeLanguage(env);
  }
}
