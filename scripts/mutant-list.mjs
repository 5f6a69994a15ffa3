// Mistakes that the simulation must notice. Each replaces text that stands in a file exactly once.

/** @typedef {{ name: string, file: string, edits: readonly (readonly [string, string])[] }} Mutant */

const removal = 'src/root/removal.ts';
const selection = 'src/org/selection.ts';
const journal = 'src/run/journal.ts';
const call = 'src/aws/call.ts';
const answers = 'src/aws/answers.ts';

/** @type {readonly Mutant[]} */
export const mutants = [
  {
    name: 'MFA devices go before the password',
    file: 'src/documents/kinds/index.ts',
    edits: [
      [
        "  'login-profile': loginProfile,\n  'mfa-device': mfaDevice,\n",
        "  'mfa-device': mfaDevice,\n  'login-profile': loginProfile,\n",
      ],
    ],
  },
  {
    name: 'MFA devices go unguarded',
    file: removal,
    edits: [['halt = await guard(kind, plan, done, ask, environment);', 'halt = null;']],
  },
  {
    name: 'the guard tires of waiting and lets pass',
    file: removal,
    edits: [['  if (isNone(left)) return null;\n', '  if (left !== null) return null;\n']],
  },
  {
    name: 'none of the kinds that are meant counts as none of any kind',
    file: 'src/root/planning.ts',
    edits: [["inventory.status === 'absent' ? 'absent'", "policy.only.length > 0 ? 'absent'"]],
  },
  {
    name: 'a password that appeared is no reason to keep MFA',
    file: 'src/root/planning.ts',
    edits: [['if (isGuarding && (planned.get(name) ?? []).length > 0) {', 'if (false) {']],
  },
  {
    name: 'deleted without being read again',
    file: removal,
    edits: [['if (halt === null) halt = await verify(plan, ask, environment);', '']],
  },
  {
    name: 'what is still seen counts as deleted',
    file: removal,
    edits: [['if (lingering.length > 0) return', 'if (false) return']],
  },
  {
    name: 'intent written after the request',
    file: removal,
    edits: [
      ['  await record.intend(action);\n', ''],
      [
        'requestId = await kind.remove(ask, action.id);',
        'requestId = await kind.remove(ask, action.id);\n    await record.intend(action);',
      ],
    ],
  },
  {
    name: 'journal not waited for',
    file: journal,
    edits: [['await batch.written;', 'batch.written.catch(() => {});']],
  },
  {
    name: 'journal without a chain',
    file: journal,
    edits: [['prev: hashOf(lastLine) }', "prev: hashOf('') }"]],
  },
  {
    name: 'journal goes on in the middle of a torn line',
    file: journal,
    edits: [["    else await file.append('\\n');\n", '']],
  },
  {
    name: 'a failing journal stops nothing',
    file: journal,
    edits: [['        throw fail(error);\n', '        fail(error);\n']],
  },
  {
    name: 'protect ignored',
    file: selection,
    edits: [["if (protections.some(fits('yes')))", 'if (false)']],
  },
  {
    name: 'exclude ignored',
    file: selection,
    edits: [["if (exclusions.some(fits('yes')))", 'if (false)']],
  },
  {
    name: 'management account addressed',
    file: selection,
    edits: [['if (account.id === managementAccountId)', 'if (false)']],
  },
  {
    name: 'inactive accounts addressed',
    file: selection,
    edits: [["if (account.state !== 'ACTIVE' && account.state !== 'UNKNOWN')", 'if (false)']],
  },
  {
    name: 'unselected accounts addressed',
    file: selection,
    edits: [["if (included === 'no') return { verdict: 'outside' };", '']],
  },
  {
    name: 'a denied list reads as empty',
    file: 'src/root/inventory.ts',
    edits: [
      [
        'const credentials = isKnown ? kind.presentUnread : kind.unread;',
        'const credentials = isKnown ? kind.presentUnread : kind.absent;',
      ],
      ['isPresent: isKnown ? true : null, error: refusal', 'isPresent: isKnown, error: null'],
    ],
  },
  {
    name: 'a password that cannot be read is none',
    file: 'src/root/kinds/login-profile.ts',
    edits: [
      [
        "error instanceof AwsError && error.failure.kind === 'not-found') return null;",
        "error instanceof AwsError && error.failure.kind !== 'aborted') return null;",
      ],
    ],
  },
  {
    name: 'what appeared since the plan goes too',
    file: removal,
    edits: [
      [
        'for (const action of plan.actions.filter((one) => one.kind === kind.description.name)) {',
        'for (const action of (seen.get(kind.description.name) ?? []).map((target) => plan.actions.find((one) => one.kind === kind.description.name && one.id === target.id) ?? { kind: kind.description.name, ...target })) {',
      ],
    ],
  },
  {
    name: 'what changed since the plan goes too',
    file: removal,
    edits: [['const change = changeOf(action, target);', 'const change = null as string | null;']],
  },
  {
    name: 'throttling is not tried again',
    file: call,
    edits: [["new Set<Failure['kind']>(['throttled', ", "new Set<Failure['kind']>(["]],
  },
  {
    name: 'throttling counts as failure',
    file: call,
    edits: [['if (isThrottled) throttles += 1;\n      else failures += 1;', 'failures += 1;']],
  },
  {
    name: 'failures are not tried again',
    file: call,
    edits: [["'throttled', 'transient', 'unreachable', 'malformed']", "'throttled']"]],
  },
  { name: 'a lost answer is forgotten', file: call, edits: [['mayHaveTakenEffect ||= failure.effectUnknown;', '']] },
  {
    name: 'a lost answer is forgotten when the session is opened again',
    file: 'src/root/session.ts',
    edits: [['wasLost ||= error.mayHaveTakenEffect;', '']],
  },
  {
    name: 'an expired session is not opened again',
    file: 'src/root/session.ts',
    edits: [['const reopenCountMax = 5;', 'const reopenCountMax = 0;']],
  },
  {
    name: 'a session is not asked whose it is',
    file: 'src/root/session.ts',
    edits: [
      [
        'if (request.isProven || accountOfKeyId(AccessKeyId) !== accountId) await prove(identity, request, environment);',
        '',
      ],
    ],
  },
  {
    name: 'resume forgets what was asked for',
    file: 'src/run/runs.ts',
    edits: [['[...tracesIn(run)].flatMap(', '[...tracesIn(run)].slice(0, 0).flatMap(']],
  },
  {
    name: 'resume takes every account for done',
    file: 'src/run/runs.ts',
    edits: [['accounts.filter(isSettled)', 'accounts.filter(() => true)']],
  },
  {
    name: '--debug prints the secret',
    file: 'src/cli/desk.ts',
    edits: [
      [
        'speaker.debug(words.terminal.debug.retry(',
        'speaker.debug(way.credentials.secretAccessKey + words.terminal.debug.retry(',
      ],
    ],
  },
  {
    name: 'the journal keeps the session token',
    file: 'src/root/session.ts',
    edits: [['await request.onOpened?.(AccessKeyId,', 'await request.onOpened?.(credentials.sessionToken,']],
  },
  {
    name: 'unverified and failed accounts exit 0',
    file: 'src/process/result-codes.ts',
    edits: [
      [
        'accounts.some(isTroubled)',
        "accounts.some((one) => isTroubled(one) && one.outcome !== 'partial' && one.outcome !== 'unverified')",
      ],
    ],
  },

  // What is not known widens nothing and cleans nothing.
  {
    name: 'a page token may come again',
    file: 'src/org/pages.ts',
    edits: [["  if (seen.has(token)) return malformed('List', { say: 'same-token-twice' });\n", '']],
  },
  {
    name: 'a listing without the management account is one',
    file: 'src/org/discovery.ts',
    edits: [['if (!seen.has(organization.managementAccountId)) {', 'if (false) {']],
  },
  {
    name: 'a number of the summary may be missing or empty',
    file: answers,
    edits: [
      ['shape(Object.fromEntries(summaryKeys.map((key) => [key, wholeNumber])))', 'anything'],
      ['    wire: summaryInText,\n', ''],
    ],
  },
  {
    name: 'a list that is cut off without a marker has ended',
    file: answers,
    edits: [["return value['IsTruncated'] && !hasMarker ?", 'return false && !hasMarker ?']],
  },
  {
    name: 'an answer need not be whole',
    file: answers,
    edits: [
      ['if (wrong === null) return output;', 'return output;'],
      ['if (rootOf(body) !== ', 'if (false && rootOf(body) !== '],
      ['return answerTo(operation).wire?.(body) ?? null;', 'return null;'],
    ],
  },
  {
    name: 'ages go by the clock of this machine',
    file: 'src/cli/desk.ts',
    edits: [['const clock = onAwsTime(world.clock, time);', 'const clock = world.clock;']],
  },
  {
    name: 'a session for reading is believed without proof',
    file: 'src/root/session.ts',
    edits: [
      ['if (request.isProven || accountOfKeyId(AccessKeyId) !== accountId)', 'if (request.isProven)'],
      ['if (arn !== null && arn !== expectedArn) throw', 'if (false) throw'],
    ],
  },
  {
    name: 'a reading that was cut short calls itself complete',
    file: 'src/actions/status.ts',
    edits: [["listing.state === 'ended' && !hasCutShort", "listing.state === 'ended' || tally.summary().accounts > 0"]],
  },
  {
    name: 'accounts that were not tried leave a status complete',
    file: 'src/actions/status.ts',
    edits: [["listing.state === 'ended' && !hasCutShort", "listing.state === 'ended'"]],
  },
  {
    name: 'a part of the truth exits as the whole',
    file: 'src/process/result-codes.ts',
    edits: [['interrupted ?? (isComplete ? null : exitCodes.failed)', 'interrupted']],
  },
  {
    name: 'a word that means nobody is passed over',
    file: 'src/org/roster.ts',
    edits: [
      ["    if (purpose.purpose === 'change') throw new ProblemError(nothing);\n", ''],
      ['mustEnd || (isChange && unmatched.size > 0)', 'mustEnd'],
    ],
  },
  {
    name: 'an account in an unknown place is outside',
    file: selection,
    edits: [["if (account.path === null) return 'unknown';", "if (account.path === null) return 'no';"]],
  },
  {
    name: 'a nearer file takes the protections of the home away',
    file: 'src/configuration/reading.ts',
    edits: [
      [
        'const protections = [home, here, near].flatMap((file) => file.protections);',
        'const protections = near.protections.length > 0 ? near.protections : home.protections;',
      ],
    ],
  },
  {
    name: 'a baseline of a part is taken',
    file: 'src/actions/baseline.ts',
    edits: [['  if (complete) return;', '  if (complete || accounts.length > 0) return;']],
  },
  {
    name: 'what no baseline ever told is accepted',
    file: 'src/documents/baseline.ts',
    edits: [
      ['  firstSeen.length > 0 ||\n', ''],
      [" || change === 'new' || change === 'was-unknown'));", " || change === 'new'));"],
    ],
  },
  {
    name: 'what failed is only counted in a large result',
    file: 'src/render/outcomes.ts',
    edits: [
      [
        'isTroubled(account) || account.outcome',
        "account.reason === 'changed-since-plan' || account.reason === 'not-tried' || account.outcome",
      ],
    ],
  },
  {
    name: 'no format says that a part was read',
    file: 'src/render/completeness.ts',
    edits: [["if (document.complete || document.kind === 'rootctl.error') return null;", 'return null;']],
  },
  {
    name: 'the working folder says where AWS is',
    file: 'src/configuration/parsing.ts',
    edits: [["if (place === 'home' && layer === 'near') {", 'if (false) {']],
  },
  {
    name: 'a resumed run forgets what its plan left alone',
    file: 'src/actions/resume.ts',
    edits: [['decided: [...decided, ...remainder.settled, ...left],', 'decided: [...remainder.settled, ...left],']],
  },
  {
    name: 'what a killed run asked for counts as done, and nobody reads it again',
    file: 'src/run/runs.ts',
    edits: [
      ["outcome: 'unverified', reason: null, error: unanswered }", "outcome: 'deleted', reason: null, error: null }"],
    ],
  },
  {
    name: 'a resumed run takes up what nobody confirmed',
    file: 'src/run/runs.ts',
    edits: [['const left = new Set((decided ?? []).map(({ id }) => id));', 'const left = new Set<string>();']],
  },
  {
    name: 'an account that could not be read passes a control',
    file: 'src/controls/judge.ts',
    edits: [["return isGood && holds.isDoubtful ? unknown('credentials-unknown') : judgement;", 'return judgement;']],
  },
  {
    name: 'keys that could not be read are none to a control',
    file: 'src/controls/judge.ts',
    edits: [['accessKeys: accessKeys && keysIn(accessKeys),', 'accessKeys: keysIn(accessKeys ?? []),']],
  },
  {
    name: 'a reading that was cut short attests the organization',
    file: 'src/controls/judge.ts',
    edits: [["  if (!complete) return unknown('cut-short');\n", '']],
  },
  {
    name: 'joined: whom nobody can date is deleted from',
    file: 'src/org/roster.ts',
    edits: [["return { account, skip: isChange ? 'undated' : null };", 'return { account, skip: null };']],
  },
  {
    name: 'joined: whom nobody can date is overlooked',
    file: 'src/org/roster.ts',
    edits: [["return { account, skip: isChange ? 'undated' : null };", 'return null;']],
  },
  {
    name: 'joined: nobody is told of those who cannot be dated',
    file: 'src/org/roster.ts',
    edits: [['if (first === undefined) return;\n  purpose', 'return;\n  purpose']],
  },
  {
    name: 'joined: no time is long ago',
    file: selection,
    edits: [["if (joinedAt === null) return 'undated';", "if (joinedAt === null) return 'no';"]],
  },
  {
    name: 'joined: everybody is a newcomer',
    file: selection,
    edits: [["return Date.parse(joinedAt) >= sinceMs ? 'yes' : 'no';", "return 'yes';"]],
  },
  {
    name: 'joined: the beginning of time is a time',
    file: 'src/org/discovery.ts',
    edits: [
      ['return joinedMs > 0 && joinedMs < calendarEndMs ?', 'return joinedMs >= 0 && joinedMs < calendarEndMs ?'],
    ],
  },
];
