import type { DataOfCode } from '../../problems/index.ts';
import type { selectionProblems as entries } from '../../problems/selection.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { shared } from './shared.ts';

type DeadEnd = Pick<DataOfCode<'UnknownOrganizationalUnit'>, 'named' | 'missing' | 'place' | 'there' | 'near'>;

const noSuchUnit = ({ named, missing, place }: DeadEnd): string =>
  `organizational unit ${named} does not exist: there is no ${missing} in ${place}`;

function unitsThere({ place, there, near }: DeadEnd): string {
  const list = there.length === 0 ? `${place} has no OUs below it` : `OUs in ${place}: ${there.join(', ')}`;
  return near === null ? list : `did you mean ${near}? ${list}`;
}

const who = ({ id, name }: { readonly id: string; readonly name: string }): string => `${name} (${id})`;

/** What is said of the others that were named beside the first. */
function andOthers(others: number): string {
  if (others === 0) return '';
  return others === 1
    ? '; the other selected account cannot be a target either'
    : `; the other ${others} selected accounts cannot be targets either`;
}

const twelveDigits = 'an account id has 12 digits, leading zeros included';

/** The arguments have no name of their own. */
const sourceOf = (source: string | null): string => source || 'the arguments';

export const selectionProblems: ProblemWordsOf<keyof typeof entries> = {
  EmptyValue: { message: ({ flag }) => `${flag} is empty`, hint: () => 'give it a value, or leave out the flag' },
  InvalidTag: {
    message: ({ tag }) => `--tag ${JSON.stringify(tag)} has no key`,
    hint: () => 'write --tag KEY or --tag KEY=VALUE',
  },
  InvalidJoinedSince: {
    message: ({ word }) => `--joined-since ${JSON.stringify(word)} is neither an age nor a date`,
    hint: () => 'write an age (30d, 12h) or a date in UTC (2026-01-15, 2026-01-15T09:30:00Z)',
  },
  ContradictingSelection: {
    message: () => '--all cannot be combined with other selection flags: it already means every account',
    hint: () => 'leave out --all or the other flags; to skip accounts, use --exclude',
  },
  InvalidAccountId: {
    message: ({ word, source, line }) =>
      line === null
        ? `${source === null ? '' : `${source} `}${word} is not an account id`
        : `${JSON.stringify(word)} in ${sourceOf(source)}, line ${line}, is not an account id`,
    hint: () => twelveDigits,
  },
  EmptySelection: {
    message: ({ of, why }) => {
      switch (why) {
        case 'not-said':
          return `no accounts are selected for ${of}`;
        case 'dumb-terminal':
          return `no accounts are selected for ${of}, and this terminal (TERM=dumb) cannot show a list to choose from`;
        case 'empty-list':
          return of === '' ? 'the argument contains no account id' : `${of} contains no account id`;
      }
    },
    hint: ({ why }) =>
      why === 'empty-list'
        ? 'write one account id per line; # starts a comment'
        : 'select them: --all, account ids, --accounts, --ou, --tag, --name or --joined-since',
  },
  UnknownAccount: {
    message: ({ accounts: [first, ...others], rule, organizationId }) => {
      const subject = rule === null ? `account ${first}` : `${rule}: this account`;
      const more = others.length === 0 ? '' : ` (nor are ${others.length} more: ${others.slice(0, 5).join(', ')})`;
      return `${subject} is not in organization ${organizationId}${more}`;
    },
    hint: ({ nearId, nearName }, { cure }) =>
      nearId === null ? `list the accounts: ${cure}` : `did you mean ${nearId} (${nearName ?? ''})?`,
  },
  NothingSelected: {
    message: ({ organizationId }) => `no account of organization ${organizationId} matches the selection`,
    hint: (_, { cure }) => `list the accounts: ${cure}`,
  },
  UnknownOrganizationalUnit: {
    message: (data) => {
      switch (data.why) {
        case 'no-root':
          return 'the organization has no root';
        case 'no-such-id':
          return `organizational unit ${data.named} does not exist in the organization`;
        case 'no-such-path':
          return noSuchUnit(data);
        case 'cannot-tell':
          return `cannot check whether ${data.named} is an organizational unit: ${data.operation ?? 'AWS'} is denied`;
      }
    },
    hint: (data) => {
      switch (data.why) {
        case 'no-root':
          return 'check the credentials';
        case 'no-such-id':
          return 'list the OUs: aws organizations list-organizational-units-for-parent --parent-id ROOT-ID';
        case 'no-such-path':
          return unitsThere(data);
        case 'cannot-tell':
          return 'allow organizations:ListRoots and organizations:ListOrganizationalUnitsForParent, or give ids, or an account name pattern with *';
      }
    },
  },
  InvalidPath: {
    message: ({ path }) => `${JSON.stringify(path)} is not the path of an organizational unit: a name in it is empty`,
    hint: () => 'write the names from the root down, such as Workloads/Prod; for the whole organization use --all',
  },
  AmbiguousPath: {
    message: ({ path, ids }) => `path ${path} matches ${ids.length} organizational units`,
    hint: ({ ids, paths }) =>
      `give the id of the OU: ${ids.map((id, index) => `${id} (${paths[index] || 'the root'})`).join(', ')}`,
  },
  UnmatchedExclusion: {
    message: (data) => {
      const nothing = `${data.rule} matches no account of organization ${data.organizationId}`;
      switch (data.why) {
        case 'empty-unit':
          return `${nothing}: that organizational unit is empty`;
        case 'no-such-unit':
          return `${nothing}, and ${noSuchUnit(data)}`;
        case 'no-such-name':
          return nothing;
      }
    },
    hint: (data, { cure }) => {
      switch (data.why) {
        case 'empty-unit':
          return 'remove it, or correct it';
        case 'no-such-unit':
          return unitsThere(data);
        case 'no-such-name':
          return data.near === null
            ? `list the accounts: ${cure}`
            : `did you mean ${data.near} (${data.nearId ?? ''})?`;
      }
    },
  },
  UnknownPlace: {
    message: ({ rule, ...account }) =>
      `the OU of ${who(account)} is unknown, so rootctl cannot tell whether ${rule ?? '--ou'} applies to it`,
    hint: (_, { cure }) =>
      `allow organizations:ListRoots and organizations:ListChildren (${cure}), or select accounts by id`,
  },
  UnknownJoinTime: {
    message: ({ accounts, first, isTaken }) => {
      const whose = accounts === 1 ? `account ${first}` : `${accounts} accounts (such as ${first})`;
      const fate = isTaken ? 'shown anyway' : 'left alone';
      return `it is not known when ${whose} joined the organization: ${accounts === 1 ? 'it is' : 'they are'} ${fate}`;
    },
  },
  ManagementAccount: {
    message: ({ as, others, ...account }) =>
      as === 'target'
        ? `${who(account)} is the management account: AWS opens root sessions in member accounts only${andOthers(others)}`
        : `${account.id} is the management account and cannot be a delegated administrator`,
    hint: ({ as }) =>
      as === 'target' ? 'its root user signs in as usual, at the AWS sign-in page' : 'give a member account',
  },
  AccountNotActive: {
    message: ({ as, state, others, ...account }) =>
      as === 'target'
        ? `${who(account)} is ${shared.state(state)}: AWS opens root sessions in active accounts only${andOthers(others)}`
        : `${who(account)} is ${shared.state(state)}: AWS accepts active accounts only`,
    hint: ({ as }) =>
      as === 'target'
        ? 'reopen the account first (through AWS Support, within 90 days after it was closed)'
        : 'give an active member account',
  },
  AccountExcluded: {
    message: ({ others, ...account }) => `${who(account)} is excluded by --exclude${andOthers(others)}`,
    hint: () => 'select an account that is not excluded, or leave out --exclude',
  },
  AccountProtected: {
    message: ({ others, ...account }) => `${who(account)} is protected by the configuration${andOthers(others)}`,
    hint: () => 'remove it from `protect:` in the configuration file first',
  },
};
