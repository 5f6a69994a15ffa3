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
  helpFlag: 'display help for command',
  helpCommand: (topics: readonly string[]) => `help for a command, or about ${topics.join(', ')}`,
  version: 'print the version',
  examplesTitle: 'Examples:',
  examples: {
    doctor: 'is everything in place?',
    status: 'who holds root credentials, and when they were last used',
    delete: 'what would be removed',
  },
  exitCodes: `Exit codes: 0 done · 1 something failed or is unknown · 2 --check found root credentials
            64 wrong usage, nothing done · 130 interrupted (143 SIGTERM, SIGHUP)`,
  documents: 'Documents: README.md and docs/ of the package.',
  everywhere: 'Flags that every command has: rootctl --help',
  global: {
    profile: 'profile of the shared AWS configuration',
    region: 'region of the STS endpoint',
    'endpoint-url': 'send every request there instead of to AWS',
    output: (formats: readonly string[]) => `one of ${formats.join(', ')}`,
    out: 'the same result in this form too (- is stdout); may be repeated',
    query: 'print what this JMESPath expression finds in the JSON document',
    lang: (languages: readonly string[]) => `${languages.join(' or ')}, else that of the terminal`,
    concurrency: (usual: number) => `accounts in flight at once (default ${usual})`,
    rate: 'root sessions opened a second, instead of finding the limit',
    timeout: (forms: string) => `end the whole command after this time (${forms})`,
    quiet: 'only results and errors',
    debug: 'retries and stack traces on stderr; never a secret',
    'no-color': 'no colour',
    'no-pager': 'print what does not fit the screen as it is',
    config: 'configuration file instead of .rootctl.yaml; the home file counts too',
    sandbox: 'on a simulated organization: nothing leaves this machine',
  },
  /** What the help of every duration says of its unit. */
  durations: 'seconds, or 15m, 24h, 90d',
  yes: 'do not ask',
  accountIds: 'account ids (12 digits)',
  selection: {
    all: 'all member accounts',
    accounts: 'ids with commas, @FILE (one a line, # comments) or - for stdin; may be repeated',
    ou: 'an OU with all below it: its id or its path of names (Workloads/Prod); may be repeated',
    tag: 'accounts with this tag; may be repeated',
    name: 'accounts whose name matches (* and ?); may be repeated',
    exclude: 'leave out an id, a name glob, or an OU (id or path); always wins; may be repeated',
  },
  only: (kinds: readonly string[]) => `these kinds alone, with commas: ${kinds.join(', ')}`,
  wait: (forms: string) => `how long to wait for a deletion to be seen (${forms})`,
  commands: {
    doctor: {
      summary: 'is everything in place? what is missing, and how to mend it',
      examples: {
        checks: 'every check, with its cure as a command to paste',
        scripts: 'the same for scripts; exit 1 when a check fails',
      },
    },
    enable: {
      summary: 'turn on centralized root access',
      examples: {
        all: 'trusted access and both features',
        one: 'one feature',
        delegated: 'and let a member account do the work',
      },
      flags: {
        only: 'this feature alone',
        'delegated-admin': 'register this member account as delegated administrator too',
        'dry-run': 'say what would change, and change nothing',
      },
    },
    status: {
      summary: 'root-credential status of the member accounts',
      examples: {
        all: 'all member accounts',
        ou: 'one OU with all below it',
        check: 'for CI: exit 2 when root credentials are found',
        from: 'a saved reading in another form, without AWS',
        sandbox: 'on a simulated organization',
      },
      flags: {
        check: 'exit 2 when a selected account has root credentials, 1 when one is unknown',
        baseline: 'compare with an earlier status -o json; with --check only what is new counts',
        from: 'of a saved status -o json, without AWS (- is stdin); may be repeated',
        sort: 'order of the table',
        columns: (names: readonly string[]) => `show these, with commas: ${names.join(', ')}`,
        state: (states: readonly string[]) => `show accounts in these states alone, with commas: ${states.join(', ')}`,
        wide: 'every column whole, however wide the terminal is',
        tree: 'by OU, with totals',
        rows: 'of csv: a row an account, or a row a credential',
      },
    },
    delete: {
      summary: 'remove root credentials: plan, confirm, delete, verify',
      examples: {
        look: 'look at the plan first',
        all: 'asks for the organization id',
        unused: 'leave recently used accounts alone',
        planOut: 'a plan to review …',
        plan: '… and exactly that plan, in CI',
      },
      flags: {
        'dry-run': 'show the plan and delete nothing',
        'plan-out': 'write the plan to a file; implies --dry-run',
        plan: 'do exactly this plan',
        'plan-max-age': (forms: string) => `refuse an older plan (${forms})`,
        org: 'refuse any other organization',
        'max-accounts': 'refuse a plan for more accounts',
        'unused-for': (forms: string) => `skip accounts whose root was used within this time (${forms})`,
        'max-failures': 'begin no further account when so many have failed (default 10 %, at least 5)',
      },
    },
    recover: {
      summary: 'let the owner of the root e-mail address set a password again',
      examples: {
        reason: 'asks for the account id',
        look: 'say what would be done',
        close: 'closes the door again',
      },
      flags: {
        reason: 'kept in the journal: a ticket, a name',
        'dry-run': 'look, and allow nothing',
      },
    },
    unlock: {
      summary: 'read, remove or replace a bucket or queue policy that locks everybody out',
      examples: {
        buckets: 'list its buckets',
        bucket: 'which statement locks?',
        remove: 'asks for the name',
        queues: 'list its queues there',
        replace: '',
      },
      s3: { summary: 'bucket policies', flags: { bucket: 'the bucket; without it they are listed' } },
      sqs: {
        summary: 'queue policies; --region where they are',
        flags: { queue: 'its name, ARN or URL; without it they are listed' },
      },
      flags: {
        account: 'the member account that owns it',
        'delete-policy': 'remove the policy; the old one is saved first',
        'put-policy': 'replace the policy; the old one is saved first',
        'dry-run': 'look, and change nothing',
      },
    },
    policy: {
      summary: 'least-privilege IAM policy for the caller; guardrail SCP for the members',
      examples: {
        looks: 'a role that looks',
        removes: 'a role that removes, in this organization only',
        trust: '',
        guardrail: 'deny root users, let root sessions through',
      },
      partition: 'of the ARNs',
      iam: {
        summary: 'what the caller must be allowed, for each command',
        flags: {
          for: (commands: readonly string[]) =>
            `these commands alone, with commas: ${commands.join(', ')} (default all)`,
          accounts: 'root sessions in these accounts alone: ids, @FILE or -; may be repeated',
          org: 'root sessions in members of this organization alone',
          oidc: 'the trust policy of a role for CI instead',
          repo: 'of --oidc: the repository whose workflows may take the role',
          branch: 'of --oidc: from this branch alone',
          environment: 'of --oidc: in this environment alone',
          'account-id': 'of --oidc: the account of the role',
        },
      },
      scp: { summary: "deny members' root users everything but root sessions" },
    },
    report: {
      summary: 'what controls say of the root users, from AWS, saved readings or a run',
      examples: {
        live: 'reads all member accounts, and keeps the page for the auditor',
        period: 'without AWS: what became clean, and what came back',
        run: 'before and after a deletion, with its evidence',
        framework: 'the controls of one framework, a row a verdict',
      },
      flags: {
        from: 'a saved status -o json instead of AWS; several make a period',
        run: 'what this run found and removed, instead of AWS',
        framework: (names: readonly string[]) => `these controls alone: ${names.join(', ')}; may be repeated`,
      },
    },
    runs: {
      summary: 'what was done, and going on with what was interrupted',
      examples: {
        list: 'list the runs of this machine',
        show: 'one run, with its evidence',
        resume: 'do what its plan still lacks',
      },
      show: { summary: 'one run: accounts, events, the CloudTrail query' },
      resume: { summary: 'do what the plan of a run still lacks' },
    },
    disable: {
      summary: 'turn centralized root access off',
      examples: {
        both: 'both features, after confirmation',
        delegated: 'deregister that delegated administrator only',
        trusted: 'both features, then trusted access',
      },
      flags: {
        only: 'this feature alone',
        'delegated-admin': 'deregister this delegated administrator',
        'trusted-access': 'take trusted access for IAM away too',
        'dry-run': 'say what would change, and change nothing',
      },
    },
    explain: {
      summary: 'what a code means, whose move it is, the cure',
      examples: { all: 'every code', one: 'one of them, as errors and JSON name it' },
      code: 'a code of an error; without it all are listed',
    },
    completion: {
      summary: 'the script that teaches a shell to complete, accounts and OUs included',
      examples: {
        bash: 'for this bash, and in ~/.bashrc for every one',
        zsh: 'likewise in ~/.zshrc, after compinit',
        fish: '',
        powershell: 'likewise in $PROFILE',
      },
      shell: 'the shell',
    },
    sandbox: {
      summary: 'a simulated organization',
      examples: {
        start: 'serve it for the AWS CLI and SDKs',
        reset: 'make a new one',
        show: 'what it really holds',
        use: 'or use it inside any command',
      },
      start: {
        summary: 'serve it over HTTP on loopback until interrupted',
        flags: {
          port: 'port; 0 takes any free one',
          scenario: 'start from this description instead of the saved organization',
        },
      },
      reset: {
        summary: 'make a new organization',
        flags: {
          accounts: 'member accounts; without it the default organization',
          seed: 'the same seed makes the same organization',
          scenario: 'take this description',
        },
      },
      show: { summary: 'what the simulated organization really holds' },
    },
  },
};
