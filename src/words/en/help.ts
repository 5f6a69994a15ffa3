/** What the help says; what is typed stands in the code, and the words about it here, by command and flag. */
export const help = {
  about: 'Finds and removes AWS root-user credentials across a whole organization.',
  /** Commander's titles, by what it calls them. */
  titles: {
    'Usage:': 'Usage:',
    'Arguments:': 'Arguments:',
    'Options:': 'Options:',
    'Commands:': 'Commands:',
  } as Readonly<Record<string, string>>,
  choices: (values: readonly string[]) => `choices: ${values.join(', ')}`,
  preset: (value: string) => `default: ${value}`,
  helpFlag: 'show help',
  helpCommand: (topics: readonly string[]) => `help for a command, or about ${topics.join(', ')}`,
  version: 'print the version',
  examplesTitle: 'Examples:',
  examples: {
    doctor: 'check the setup',
    status: 'who has root credentials, and their last use',
    delete: 'what would be deleted',
  },
  exitCodes: `Exit codes: 0 done · 1 something failed or is unknown
            2 --check found root credentials · 64 wrong usage, nothing done
            130 interrupted (143 for SIGTERM and SIGHUP)`,
  documents: 'Documentation: README.md and docs/ in the package',
  everywhere: 'Flags for every command: rootctl --help',
  global: {
    profile: 'profile of the shared AWS configuration',
    region: 'region of the STS endpoint',
    'endpoint-url': 'send every request there instead of to AWS',
    output: (formats: readonly string[]) => `one of ${formats.join(', ')}`,
    out: 'also write the result to a file in this format (- is stdout); repeatable',
    query: 'print what this JMESPath expression selects from the JSON document',
    lang: (languages: readonly string[]) => `${languages.join(' or ')} (default: that of the terminal)`,
    concurrency: (usual: number) => `accounts processed at once (default ${usual})`,
    rate: 'root sessions per second (default: automatic)',
    timeout: (forms: string) => `stop the whole command after this time (${forms})`,
    quiet: 'show only results and errors',
    debug: 'show retries and stack traces on stderr; never a secret',
    'no-color': 'no colour',
    'no-pager': 'print long output directly, without a pager',
    config: 'use this file instead of .rootctl.yaml; the user configuration still applies',
    sandbox: 'use a simulated organization: nothing leaves this machine',
  },
  /** What the help of every duration says of its unit. */
  durations: 'seconds, or 15m, 24h, 90d',
  yes: 'do not ask for confirmation',
  accountIds: 'account ids (12 digits)',
  selection: {
    all: 'all member accounts',
    accounts: 'comma-separated ids, @FILE (one per line, # starts a comment) or - for stdin; repeatable',
    ou: 'an OU and everything below it, by id or by path of names (Workloads/Prod); repeatable',
    tag: 'accounts with this tag; repeatable',
    name: 'accounts whose name matches (* and ?); repeatable',
    'joined-since': (durations: string) =>
      `accounts that joined since then: a date in UTC (2026-01-15) or an age (${durations})`,
    exclude: 'leave out an account id, a name pattern, or an OU (id or path); always wins; repeatable',
  },
  only: (kinds: readonly string[]) => `only these kinds, comma-separated: ${kinds.join(', ')}`,
  wait: (forms: string) => `how long to wait until AWS shows the deletion (${forms})`,
  commands: {
    doctor: {
      summary: 'check the setup; show what to fix, and how',
      examples: {
        checks: 'every check, with the command that fixes it',
        scripts: 'the same for scripts; exit 1 when a check fails',
      },
    },
    enable: {
      summary: 'turn on centralized root access',
      examples: {
        all: 'trusted access and both features',
        one: 'one feature',
        delegated: 'also let this member account run rootctl',
      },
      flags: {
        only: 'only this feature',
        'delegated-admin': 'also register this member account as delegated administrator',
        'dry-run': 'show what would change, and change nothing',
      },
    },
    status: {
      summary: 'show the root credentials of the member accounts',
      examples: {
        all: 'all member accounts',
        ou: 'one OU and everything below it',
        check: 'for CI: exit 2 when root credentials are found',
        from: 'a saved reading in another form, without AWS',
        sandbox: 'on a simulated organization',
      },
      flags: {
        check: 'exit 2 when a selected account has root credentials, 1 when one is unknown',
        baseline: 'compare with an earlier status -o json; with --check, only what is new counts',
        from: 'use a saved status -o json, without calling AWS (- is stdin); repeatable',
        sort: 'sort order of the table',
        columns: (names: readonly string[]) => `show these columns, comma-separated: ${names.join(', ')}`,
        state: (states: readonly string[]) =>
          `show only accounts in these states, comma-separated: ${states.join(', ')}`,
        wide: 'show every column in full, whatever the width of the terminal',
        tree: 'group by OU, with totals',
        rows: 'rows of csv: one per account, or one per credential',
      },
    },
    delete: {
      summary: 'remove root credentials: plan, confirm, delete, verify',
      examples: {
        look: 'look at the plan first',
        all: 'asks you to type the organization id',
        unused: 'leave recently used accounts alone',
        planOut: 'a plan to review …',
        plan: '… and exactly that plan, in CI',
      },
      flags: {
        'dry-run': 'show the plan and delete nothing',
        'plan-out': 'write the plan to a file; implies --dry-run',
        plan: 'carry out exactly this plan',
        'plan-max-age': (forms: string) => `refuse a plan older than this (${forms})`,
        org: 'refuse to work on any other organization',
        'max-accounts': 'refuse a plan with more accounts than this',
        'unused-for': (forms: string) => `skip accounts whose root user was used within this time (${forms})`,
        'max-failures': 'start no more accounts once this many have failed (default: 10 % of them, at least 5)',
      },
    },
    recover: {
      summary: 'let the owner of the root email address set a new root password',
      examples: {
        reason: 'asks you to type the account id',
        look: 'show what would be done',
        close: 'afterwards: removes the new password again',
      },
      flags: {
        reason: 'a note for the journal, such as a ticket number',
        'dry-run': 'show what would be done, and allow nothing',
      },
    },
    unlock: {
      summary: 'show, remove or replace a bucket or queue policy that locks everyone out',
      examples: {
        buckets: 'list the buckets of the account',
        bucket: 'show which statement locks everyone out',
        remove: 'asks you to type the bucket name',
        queues: 'list its queues in that region',
        replace: '',
      },
      s3: {
        summary: 'show, remove or replace a bucket policy',
        flags: { bucket: 'the bucket; if left out, the buckets are listed' },
      },
      sqs: {
        summary: 'show, remove or replace a queue policy, in the region given by --region',
        flags: { queue: 'name, ARN or URL of the queue; if left out, the queues are listed' },
      },
      flags: {
        account: 'the member account that owns the bucket or queue',
        'delete-policy': 'remove the policy; the old one is saved first',
        'put-policy': 'replace the policy; the old one is saved first',
        'dry-run': 'show what would be done, and change nothing',
      },
    },
    policy: {
      summary: 'print a least-privilege IAM policy for the caller, or a guardrail SCP for the members',
      examples: {
        looks: 'for a role that only reads',
        removes: 'for a role that deletes, in this organization only',
        trust: '',
        guardrail: 'deny root users, allow root sessions',
      },
      partition: 'partition of the ARNs',
      iam: {
        summary: 'print the permissions that the caller needs, for each command',
        flags: {
          for: (commands: readonly string[]) =>
            `only these commands, comma-separated: ${commands.join(', ')} (default: all)`,
          accounts: 'allow root sessions only in these accounts: ids, @FILE or -; repeatable',
          org: 'allow root sessions only in members of this organization',
          oidc: 'print the trust policy of a CI role instead',
          repo: 'with --oidc: the repository whose workflows may assume the role',
          branch: 'with --oidc: only from this branch',
          environment: 'with --oidc: only in this environment',
          'account-id': 'with --oidc: the account of the role',
        },
      },
      scp: { summary: 'print an SCP that denies root users everything, but allows root sessions' },
    },
    report: {
      summary: 'assess root users against the controls of CIS, Security Hub and AWS Config',
      examples: {
        live: 'read all member accounts, and write a page for the auditor',
        period: 'from saved readings: what became clean, and what came back',
        run: 'before and after a deletion, with its evidence',
        framework: 'the controls of one framework, one row per verdict',
      },
      flags: {
        from: 'use a saved status -o json, without calling AWS; repeat it to cover a period',
        run: 'use what this run found and removed, without calling AWS',
        framework: (names: readonly string[]) => `only these frameworks: ${names.join(', ')}; repeatable`,
      },
    },
    runs: {
      summary: 'show what was done; resume what was interrupted',
      examples: {
        list: 'list the runs of this machine',
        show: 'one run, with its evidence',
        resume: 'do what is left of its plan',
      },
      show: {
        summary: 'show one run: accounts, the CloudTrail query',
        flags: { events: 'all accounts and events, not only the summary' },
      },
      resume: { summary: 'resume an interrupted delete: do what is left of its plan' },
    },
    disable: {
      summary: 'turn off centralized root access',
      examples: {
        both: 'both features, after confirmation',
        delegated: 'only deregister that delegated administrator',
        trusted: 'both features, then trusted access',
      },
      flags: {
        only: 'only this feature',
        'delegated-admin': 'deregister this delegated administrator',
        'trusted-access': 'also turn off trusted access for IAM',
        'dry-run': 'show what would change, and change nothing',
      },
    },
    explain: {
      summary: 'explain an error code: what it means, who can fix it, and how',
      examples: { all: 'every code', one: 'one code, as it appears in errors and JSON' },
      code: 'an error code; if left out, all codes are listed',
    },
    completion: {
      summary: 'print a shell completion script, for accounts and OUs too',
      examples: {
        bash: 'for this shell; in ~/.bashrc, for every new one',
        zsh: 'likewise in ~/.zshrc, after compinit',
        fish: '',
        powershell: 'likewise in $PROFILE',
      },
      shell: 'the shell',
    },
    config: {
      summary: 'show the settings, and where they come from',
      examples: { show: 'the settings in effect', program: 'every setting, for scripts', schema: 'for your editor' },
      show: { summary: 'show the settings in effect, and the flag, variable or line that sets each' },
      schema: { summary: 'print the JSON Schema of .rootctl.yaml' },
    },
    sandbox: {
      summary: 'a simulated organization to practise on',
      examples: {
        start: 'serve it for the AWS CLI and SDKs',
        reset: 'make a new one',
        show: 'show what it really holds',
        use: 'or use it with any command',
      },
      start: {
        summary: 'serve it over HTTP on loopback until interrupted',
        flags: {
          port: 'port; 0 picks a free one',
          scenario: 'start from this scenario file instead of the saved organization',
        },
      },
      reset: {
        summary: 'make a new organization',
        flags: {
          accounts: 'number of member accounts; if left out, the default organization',
          seed: 'the same seed makes the same organization',
          scenario: 'use this scenario file',
        },
      },
      show: { summary: 'show what the simulated organization really holds' },
    },
  },
};
