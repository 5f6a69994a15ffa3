import type { TopicWords } from '../topics.ts';

const users = (commands: readonly string[]): string => (commands.length === 0 ? 'every command' : commands.join(', '));

export const topics: TopicWords = {
  environment: ({ variables }) => ({
    title: 'What the environment and the configuration files say',
    blocks: [
      'Every flag has its variable, named alike: --max-accounts is ROOTCTL_MAX_ACCOUNTS. A flag wins over its variable, the variable over .rootctl.yaml in the working folder (or the file of --config), and that over config.yaml in $XDG_CONFIG_HOME/rootctl (~/.config/rootctl). rootctl config show tells what holds, and where it comes from; rootctl config schema describes the files.',
      'An empty variable says nothing. A flag without a value takes 1, 0, true or false; one that may be repeated takes a value a line. A value that its flag would not take is wrong usage (64), and a variable of a name that there is not is warned of.',
      'No file says --yes, chooses accounts, a plan or a policy. A variable may, and then a command that changes something tells so. Accounts that the command line names are the whole choice: no variable adds to them.',
      {
        terms: variables.map(({ variable, flag, commands }) => [variable, `--${flag}: ${users(commands)}`]),
      },
      'Beside them:',
      {
        terms: [
          [
            'AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, …',
            'as for the AWS CLI: credentials, region and endpoint come from its chain; flags win, and the configuration comes after it',
          ],
          ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY, AWS_CA_BUNDLE', 'the way to AWS, for every request'],
          ['NO_COLOR, FORCE_COLOR, TERM, COLUMNS', 'colour, and the width of tables'],
          ['LC_ALL, LC_MESSAGES, LANG', 'the language, where nobody names one'],
          ['XDG_STATE_HOME', 'journals, locks and the sandbox: rootctl below it (~/.local/state/rootctl)'],
          ['XDG_CONFIG_HOME', 'the home configuration: rootctl/config.yaml below it (~/.config)'],
        ],
      },
      'rootctl sends nothing anywhere but to AWS: there is no telemetry, and it does not look for updates.',
    ],
  }),
  formatting: ({ formats }) => ({
    title: 'How results are printed',
    blocks: [
      `stdout is the result and nothing else; progress, questions, warnings and errors go to stderr. --output names the format: ${formats.join(', ')}. Every format of one reading says the same, and --out FORMAT=FILE keeps more of them from the same reading.`,
      {
        terms: [
          ['table', 'for people: it fits the terminal, and speaks its language'],
          [
            'json',
            'one document, described by schemas/ of the package; an error that ends the command is a document, too',
          ],
          ['ndjson', 'a line an account as soon as it is known, then a summary line'],
          ['csv', 'for spreadsheets; no field can run as a formula'],
          ['markdown', 'for the summary of a CI job'],
          ['sarif', 'for code scanning'],
        ],
      },
      'JSON, csv, ndjson and codes are the same in every language; message and hint in JSON are English. A document says complete: false when the reading was cut short.',
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
    title: 'How a command ends',
    blocks: [
      {
        terms: [
          ['0', 'done; nothing is left to say'],
          [
            '1',
            'something failed, in part or whole; an account is unknown, unverified, partial or failed; a check of doctor fails',
          ],
          ['2', '--check found root credentials'],
          [
            '64',
            'wrong usage: a bad flag, variable, file or id, no confirmation possible, a plan that is refused. Nothing was done',
          ],
          ['130', 'interrupted (143 for SIGTERM and SIGHUP); the journal says how far it came'],
        ],
      },
      'With --check, an account that could not be read outweighs what was found: both together are 1. rootctl explain CODE tells of the code in an error.',
    ],
  }),
  selection: () => ({
    title: 'Which accounts a command is about',
    blocks: [
      'status, delete and report take the same selection. status and report begin with all member accounts; delete must be told.',
      {
        terms: [
          ['ID …', 'account ids, as words'],
          ['--all', 'all member accounts'],
          ['--accounts', 'ids with commas, @FILE (one a line, # comments) or - for stdin'],
          ['--ou', 'an OU with all below it: its id, or its path of names from the root down (Workloads/Prod)'],
          ['--tag', 'KEY or KEY=VALUE of the account'],
          ['--name', 'a glob over names (* and ?)'],
          ['--exclude', 'an id, a name glob, or an OU; it always wins, like protect: of the configuration'],
        ],
      },
      'The kinds of inclusion add up. An id that is not in the organization is an error before anything is done; so is, for delete, an exclusion that matches nothing. The management account, and accounts that are suspended, pending or closed, are listed as skipped. In a terminal, delete without a selection offers a list to choose from.',
      {
        lines: [
          'rootctl status --ou Workloads/Prod --exclude 111122223333',
          'rootctl delete --tag env=sandbox --unused-for 90d',
        ],
      },
    ],
  }),
  safety: () => ({
    title: 'What keeps a deletion from going wrong',
    blocks: [
      {
        terms: [
          [
            'look first',
            '--dry-run shows the plan and deletes nothing; --plan-out writes it, and --plan does exactly that plan',
          ],
          [
            'confirm',
            'the id of the organization must be typed; --yes stands for it, and without a terminal and without --yes nothing is done',
          ],
          [
            'limit',
            '--org, --max-accounts, --unused-for, --max-failures; protect: of the configuration names what nobody may touch. No file says --yes or chooses accounts',
          ],
          [
            'order',
            'in an account: access keys, signing certificates, password, MFA devices, which go only when the password is seen gone',
          ],
          [
            'waves',
            'three accounts first, then the rest; too many failures, or a session of the wrong account, stop the run',
          ],
          [
            'prove',
            'deleted means read again and seen gone; what could not be seen is unverified, and what could not be read is unknown, never absent',
          ],
          [
            'record',
            'each intent is on the disk before its request is sent: rootctl runs show, and rootctl runs resume after an interruption',
          ],
          ['stop', 'Ctrl-C once: nothing new is begun, and what is in flight ends; twice: at once'],
        ],
      },
      'The management account, and what is not selected, is never touched. No secret is printed, logged or stored. There is no telemetry and no update check.',
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
