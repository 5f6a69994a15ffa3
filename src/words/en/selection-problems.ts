import type { DataOfCode } from '../../problems/index.ts';
import type { selectionProblems as entries } from '../../problems/selection.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { shared } from './shared.ts';

type DeadEnd = Pick<DataOfCode<'UnknownOrganizationalUnit'>, 'named' | 'missing' | 'place' | 'there' | 'near'>;

const noSuchUnit = ({ named, missing, place }: DeadEnd): string =>
  `there is no organizational unit ${named}: ${missing} is not in ${place}`;

function unitsThere({ place, there, near }: DeadEnd): string {
  const list = there.length === 0 ? `${place} has no units below it` : `${place} has: ${there.join(', ')}`;
  return near === null ? list : `did you mean ${near}? ${list}`;
}

const who = ({ id, name }: { readonly id: string; readonly name: string }): string => `${name} (${id})`;

/** What is said of the others that were named beside the first. */
function andOthers(others: number): string {
  if (others === 0) return '';
  return others === 1
    ? '; the other one that was named is no target either'
    : `; the other ${others} that were named are no targets either`;
}

const twelveDigits = 'an account id has 12 digits, leading zeros included';

/** The arguments have no name of their own. */
const sourceOf = (source: string | null): string => source || 'the arguments';

export const selectionProblems: ProblemWordsOf<keyof typeof entries> = {
  EmptyValue: { message: ({ flag }) => `${flag} is empty`, hint: () => 'give it a value, or leave it out' },
  InvalidTag: {
    message: ({ tag }) => `--tag ${JSON.stringify(tag)} has no key`,
    hint: () => 'write --tag KEY or --tag KEY=VALUE',
  },
  ContradictingSelection: {
    message: () => '--all contradicts the other selection flags: it already names every account',
    hint: () => 'leave out --all, or the others; to leave accounts out use --exclude',
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
          return `${of} does not know which accounts`;
        case 'dumb-terminal':
          return `${of} does not know which accounts, and this terminal (TERM=dumb) cannot show a list of them`;
        case 'empty-list':
          return of === '' ? 'the argument names no account' : `${of} names no account`;
      }
    },
    hint: ({ why }) =>
      why === 'empty-list'
        ? 'put one account id a line; # starts a comment'
        : 'name them: --all, account ids, --accounts, --ou, --tag or --name',
  },
  UnknownAccount: {
    message: ({ accounts: [first, ...others], rule, organizationId }) => {
      const subject = rule === null ? `account ${first}` : `${rule}: this account`;
      const more = others.length === 0 ? '' : ` (and ${others.length} more: ${others.slice(0, 5).join(', ')})`;
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
          return `there is no organizational unit ${data.named} in the organization`;
        case 'no-such-path':
          return noSuchUnit(data);
        case 'cannot-tell':
          return `whether ${data.named} is an organizational unit cannot be told: ${data.operation ?? 'AWS'} is denied`;
      }
    },
    hint: (data) => {
      switch (data.why) {
        case 'no-root':
          return 'check the credentials';
        case 'no-such-id':
          return 'list them: aws organizations list-organizational-units-for-parent --parent-id ROOT-ID';
        case 'no-such-path':
          return unitsThere(data);
        case 'cannot-tell':
          return 'allow organizations:ListRoots and organizations:ListOrganizationalUnitsForParent, or name ids, or accounts by a pattern with *';
      }
    },
  },
  InvalidPath: {
    message: ({ path }) => `${JSON.stringify(path)} is not the path of an organizational unit: a name in it is empty`,
    hint: () => 'write the names from the root down, such as Workloads/Prod; the whole organization is --all',
  },
  AmbiguousPath: {
    message: ({ path, ids }) => `${path} is the path of ${ids.length} organizational units`,
    hint: ({ ids, paths }) =>
      `say which by its id: ${ids.map((id, index) => `${id} (${paths[index] || 'the root'})`).join(', ')}`,
  },
  UnmatchedExclusion: {
    message: (data) => {
      const nothing = `${data.rule} matches no account of organization ${data.organizationId}`;
      switch (data.why) {
        case 'empty-unit':
          return `${nothing}: that organizational unit holds none`;
        case 'no-such-unit':
          return `${nothing}, and ${noSuchUnit(data)}`;
        case 'no-such-name':
          return nothing;
      }
    },
    hint: (data, { cure }) => {
      switch (data.why) {
        case 'empty-unit':
          return 'take it out, or correct it';
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
      `where ${who(account)} is in the organization is not known, so ${rule ?? '--ou'} cannot be decided for it`,
    hint: (_, { cure }) =>
      `allow organizations:ListRoots and organizations:ListChildren (${cure}), or name accounts by their ids`,
  },
  ManagementAccount: {
    message: ({ as, others, ...account }) =>
      as === 'target'
        ? `${who(account)} is the management account: AWS opens root sessions in member accounts only${andOthers(others)}`
        : `${account.id} is the management account: it needs no delegation`,
    hint: ({ as }) =>
      as === 'target' ? 'its own root user signs in as usual, at the AWS sign-in page' : 'name a member account',
  },
  AccountNotActive: {
    message: ({ as, state, others, ...account }) =>
      as === 'target'
        ? `${who(account)} is ${shared.state(state)}: AWS opens root sessions in active accounts only${andOthers(others)}`
        : `${who(account)} is ${shared.state(state)}: AWS takes active accounts only`,
    hint: ({ as }) =>
      as === 'target'
        ? 'reopen the account first (AWS Support, within 90 days of its closing)'
        : 'name an active member account',
  },
  AccountExcluded: {
    message: ({ others, ...account }) => `${who(account)} is left out by --exclude${andOthers(others)}`,
    hint: () => 'name an account that is not excluded, or leave --exclude out',
  },
  AccountProtected: {
    message: ({ others, ...account }) => `${who(account)} is protected by the configuration${andOthers(others)}`,
    hint: () => 'take it out of `protect:` in the configuration file first',
  },
};
