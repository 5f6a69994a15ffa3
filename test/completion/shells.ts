import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Listing, listingFile, listingText } from '../../src/completion/listing.ts';
import type { ShellName } from '../../src/completion/shells.ts';
import { environment, type Home, makeHome, rootctl, until } from '../support/program.ts';
import { openScreenOf } from '../support/terminal.ts';

/** The shells that can be had here. PowerShell has no package in Debian: its script is looked at, and not run. */
export type RealShell = Exclude<ShellName, 'powershell'>;
export const realShells: readonly RealShell[] = ['bash', 'zsh', 'fish'];

/**
 * Whether there is this shell. In CI all of them are: `.ci/run` installs them, and a test that is left out there would not
 * be missed by anybody.
 */
export function isHere(shell: RealShell): boolean {
  const isFound = spawnSync(shell, ['--version']).status === 0;
  if (isFound || process.env['CI'] !== undefined) return true;
  process.stderr.write(`\nSKIPPED: there is no ${shell} on this machine, so its completion is not tested.\n`);
  return false;
}

/** A home in which a shell knows rootctl's completion, and a rootctl that only writes down what it was called with. */
export interface Taught {
  readonly home: Home;
  readonly script: string;
  readonly list: (listing: Listing, isSimulated?: boolean) => Promise<void>;
  /** What the last call was given, once it has come. @param seen what is on the screen, for when it does not come. */
  readonly called: (seen: () => string) => Promise<readonly string[]>;
}

export async function teach(shell: RealShell, args: readonly string[] = []): Promise<Taught> {
  const home = await makeHome();
  const { stdout } = await rootctl(['completion', shell, ...args], { home });
  const script = home.file(`_rootctl.${shell}`);
  const calls = home.file('calls');
  await writeFile(script, stdout);
  await mkdir(home.file('bin'));
  await writeFile(
    home.file('bin/rootctl'),
    `#!/bin/sh\nprintf '%s\\0' "$@" > '${calls}.new' && mv '${calls}.new' '${calls}'\n`,
  );
  await chmod(home.file('bin/rootctl'), 0o755);
  return {
    home,
    script,
    list: async (listing, isSimulated = false) => {
      const path = join(home.state, listingFile(isSimulated));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, listingText(listing));
    },
    called: async (seen) => {
      const startMs = performance.now();
      const text = await until(() => {
        if (performance.now() - startMs > 20_000) throw new Error(`nothing was called:\n${seen()}`);
        return readFile(calls, 'utf8').catch(() => undefined);
      });
      await rm(calls);
      return text.split('\0').slice(0, -1);
    },
  };
}

const surroundings = ({ home }: Taught, more: Readonly<Record<string, string>> = {}) => ({
  PATH: `${home.file('bin')}:${process.env['PATH']}`,
  LANG: 'C.UTF-8',
  ...more,
});

/** zsh's own commands of completion, as far as the script uses them: they print what is offered, a line each. */
const zshPrinter = `
compdef() {}
compset() {
  case $1 in
  -P)
    local pattern=\${@[-1]}
    if [[ $2 == 1 ]]; then
      [[ $PREFIX == *=* ]] || return 1
      BEFORE+=\${PREFIX%%=*}=; PREFIX=\${PREFIX#*=}
      return 0
    fi
    [[ $PREFIX == \${~pattern}* ]] || return 1
    local rest=\${PREFIX##\${~pattern}}
    BEFORE+=\${PREFIX%"$rest"}
    PREFIX=$rest
    ;;
  esac
}
compadd() {
  local -a all
  local after=
  while (($#)); do
    case $1 in
    -d|-V) shift ;;
    -S) [[ $2 == , ]] || after=$2; shift ;;
    -a) all=("\${(@P)2}"); shift ;;
    --) shift; all=("$@"); break ;;
    esac
    shift
  done
  local one
  for one in "\${all[@]}"; do [[ $one == "$PREFIX"* ]] && print -r -- "$BEFORE$one$after"; done
}
_describe() {
  local -a all=("\${(@P)@[-1]}")
  local one
  for one in "\${(@)all%%:*}"; do [[ $one == "$PREFIX"* ]] && print -r -- "$one"; done
}
_files() { print -r -- FILES }
source $1
words=(\${(z)2})
[[ $2 == *' ' ]] && words+=('')
CURRENT=\${#words}
PREFIX=\${words[-1]}
BEFORE=
_rootctl
true
`;

const asked: Readonly<Record<RealShell, (script: string, line: string) => readonly string[]>> = {
  bash: (script, line) => [
    '--norc',
    '-c',
    `source "$1"; COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:' COMP_LINE=$2 COMP_POINT=\${#2} COMP_TYPE=37
compopt() { printf 'FILES\\n'; }
_rootctl
printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    script,
    line,
  ],
  zsh: (script, line) => [
    '-f',
    '-o',
    'extendedglob',
    '-o',
    'nullglob',
    '-o',
    'rcexpandparam',
    '-c',
    zshPrinter,
    'zsh',
    script,
    line,
  ],
  fish: (script, line) => ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line],
};

/**
 * What would be offered at the end of the line, without a terminal: the words, without what is said of them. Files of the
 * working folder are \`FILES\` where the shell has them by itself.
 */
export async function offered(
  shell: RealShell,
  taught: Taught,
  line: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { stdout, stderr } = await promisify(execFile)(shell, [...asked[shell](taught.script, line)], {
    cwd: taught.home.folder,
    env: environment(taught.home, surroundings(taught, env)),
  });
  if (stderr !== '') throw new Error(`${shell} at ${line}: ${stderr}`);
  const words = stdout.split('\n').map((text) => text.replace(/\t.*$/u, ''));
  return [...new Set(words.filter((word) => word !== ''))];
}

const prompt = 'ready> ';

/** How each is started so that it has nothing of the person's, and what makes it ready. */
const interactive: Readonly<
  Record<RealShell, { readonly command: readonly string[]; readonly begin: (script: string) => string }>
> = {
  bash: { command: ['bash', '--norc', '--noprofile', '-i'], begin: (script) => `source ${script}; PS1='${prompt}'` },
  zsh: {
    command: ['zsh', '-f', '-i'],
    begin: (script) => `autoload -Uz compinit && compinit -D -u; source ${script}; PS1='${prompt}'`,
  },
  fish: {
    command: ['fish', '--no-config', '-i'],
    begin: (script) => `source ${script}; function fish_prompt; echo -n '${prompt}'; end; function fish_title; end`,
  },
};

/** A shell in a terminal, at its prompt. */
export async function openShell(shell: RealShell, taught: Taught) {
  const { command, begin } = interactive[shell];
  const screen = openScreenOf(command, { home: taught.home, env: surroundings(taught) });
  screen.type(`${begin(taught.script)}; clear\r`);
  await screen.sees(/^ready>/mu);
  return screen;
}
