import type { TopicWords } from '../topics.ts';

const users = (commands: readonly string[]): string => (commands.length === 0 ? 'every command' : commands.join(', '));

export const topics: TopicWords = {
  environment: ({ variables }) => ({
    title: 'Environment variables and configuration files',
    blocks: [
      'Every flag can be set by an environment variable of the same name: ROOTCTL_MAX_ACCOUNTS sets --max-accounts. A flag overrides its variable; the variable overrides .rootctl.yaml in the working folder (or the file given with --config); that file overrides config.yaml in $XDG_CONFIG_HOME/rootctl (~/.config/rootctl). rootctl config show prints the settings in effect and where they come from; rootctl config schema describes the files.',
      'An empty variable is ignored. For a flag without a value, set 1, 0, true or false; for a repeatable flag, one value per line. A value that the flag would not accept is wrong usage (exit code 64), and an unknown ROOTCTL_ variable causes a warning.',
      'A file cannot set --yes, and cannot choose accounts, a plan or a policy. A variable can, and a command that changes something then says so. If the command line names accounts, these are the whole selection: no variable adds to them.',
      {
        terms: variables.map(({ variable, flag, commands }) => [variable, `--${flag}: ${users(commands)}`]),
      },
      'rootctl also reads:',
      {
        terms: [
          [
            'AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, …',
            'credentials, region and endpoint, as in the AWS CLI; flags override them, and they override the configuration files',
          ],
          ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY, AWS_CA_BUNDLE', 'proxy and CA certificates, for every request'],
          ['NO_COLOR, FORCE_COLOR, TERM, COLUMNS', 'colour, and the width of tables'],
          ['LC_ALL, LC_MESSAGES, LANG', 'the language, unless --lang, ROOTCTL_LANG or lang: sets it'],
          ['XDG_STATE_HOME', 'journals, backups and the sandbox are in rootctl/ below it (default: ~/.local/state)'],
          ['XDG_CACHE_HOME', 'what Node compiled is in rootctl/ below it, and may be deleted (default: ~/.cache)'],
          ['NODE_DISABLE_COMPILE_CACHE', '1: nothing compiled is kept, and the next start is slower'],
          ['XDG_CONFIG_HOME', 'the user configuration is rootctl/config.yaml below it (default: ~/.config)'],
        ],
      },
      'rootctl sends data to AWS only: there is no telemetry and no update check.',
    ],
  }),
  formatting: ({ formats }) => ({
    title: 'Output formats',
    blocks: [
      `The result goes to stdout; progress, questions, warnings and errors go to stderr. --output chooses the format: ${formats.join(', ')}. Every format of a reading has the same content, and --out FORMAT=FILE writes further formats of the same reading.`,
      {
        terms: [
          ['table', 'for people: fits the terminal, in its language'],
          [
            'json',
            'one document; its schema is in schemas/ of the package. An error that ends the command is a document too',
          ],
          ['ndjson', 'one line per account, as soon as it is known, then a summary line'],
          ['csv', 'for spreadsheets; no field can run as a formula'],
          ['markdown', 'for the summary of a CI job'],
          ['sarif', 'for code scanning'],
          ['html', 'a page in one file, from rootctl report'],
        ],
      },
      'JSON, ndjson, csv and codes are the same in every language; message and hint in JSON are in English. complete: false in a document means that the reading was cut short.',
      {
        lines: [
          'rootctl status -o json',
          'rootctl status --out sarif=root.sarif --out status.json',
          'rootctl status -o csv > status.csv',
        ],
      },
    ],
  }),
  'exit-codes': () => ({
    title: 'Exit codes',
    blocks: [
      {
        terms: [
          ['0', 'done'],
          [
            '1',
            'something failed, in part or as a whole: an account is unknown, unverified, partial or failed, or a doctor check failed',
          ],
          ['2', '--check found root credentials'],
          [
            '64',
            'wrong usage: a bad flag, variable, file or id, no way to ask for confirmation, or a refused plan; nothing was done',
          ],
          ['130', 'interrupted (143 for SIGTERM and SIGHUP); the journal says how far it got'],
        ],
      },
      'With --check, an account that could not be read outweighs root credentials that were found: the exit code is 1. To look up the code in an error message: rootctl explain CODE.',
    ],
  }),
  selection: () => ({
    title: 'Selecting accounts',
    blocks: [
      'status, delete and report take the same selection. Without one, status and report read all member accounts; delete needs one.',
      {
        terms: [
          ['ID …', 'account ids'],
          ['--all', 'all member accounts'],
          ['--accounts', 'comma-separated ids, @FILE (one per line, # starts a comment) or - for stdin'],
          ['--ou', 'an OU and everything below it: its id, or its path of names from the root down (Workloads/Prod)'],
          ['--tag', 'accounts with this tag: KEY or KEY=VALUE'],
          ['--name', 'accounts whose name matches (* and ?)'],
          ['--joined-since', 'accounts that joined since a date in UTC (2026-01-15), or within a time (30d)'],
          [
            '--exclude',
            'leave out an id, a name pattern or an OU; it always wins, and so does protect: in the configuration',
          ],
        ],
      },
      'These add up, apart from --exclude. An id that is not in the organization is an error before anything is done; for delete, so is an exclusion that matches nothing. The management account, and accounts that are suspended, pending or closed, are listed as skipped. In a terminal, delete without a selection offers a list to choose from.',
      {
        lines: [
          'rootctl status --ou Workloads/Prod --exclude 111122223333',
          'rootctl delete --tag env=sandbox --unused-for 90d',
        ],
      },
    ],
  }),
  safety: () => ({
    title: 'What makes a deletion safe',
    blocks: [
      {
        terms: [
          [
            'look first',
            '--dry-run shows the plan and deletes nothing; --plan-out saves it, and --plan carries out exactly that plan',
          ],
          [
            'confirm',
            'you type the id of the organization, or give --yes. Without a terminal and without --yes, nothing is done',
          ],
          [
            'limit',
            '--org, --max-accounts, --unused-for and --max-failures; accounts under protect: in the configuration are never touched. A file cannot set --yes or choose accounts',
          ],
          [
            'order',
            'in each account: access keys, signing certificates, the password, then MFA devices, once the password is confirmed gone',
          ],
          [
            'waves',
            'three accounts first, then the rest; too many failures, or a session of the wrong account, stop the run',
          ],
          [
            'verify',
            'deleted means read again and confirmed gone. What could not be confirmed is unverified; what could not be read is unknown, never absent',
          ],
          [
            'record',
            'each deletion is recorded on disk before its request is sent: rootctl runs show prints the record, rootctl runs resume continues after an interruption',
          ],
          ['stop', 'Ctrl-C once: nothing new is started, and what is in progress is finished; twice: it stops at once'],
        ],
      },
      'The management account, and accounts that are not selected, are never touched. No secret is printed, logged or stored. There is no telemetry and no update check.',
      {
        lines: [
          'rootctl delete --all --sandbox',
          'rootctl delete --all --plan-out plan.json',
          'rootctl delete --plan plan.json --yes',
        ],
      },
    ],
  }),
};
