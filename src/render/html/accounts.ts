import {
  type AccountHistory,
  type AccountStatus,
  type Credential,
  isUnguarded,
  type KindDescription,
} from '../../documents/index.ts';
import { skipPhrase, sortAccounts } from '../status-table.ts';
import { visible } from '../text.ts';
import { kindsOf } from '../view.ts';
import { countKinds, wordsFor } from '../words.ts';
import type { PageAccount, PageCredential } from './data.ts';
import type { Site } from './site.ts';

/** The accounts as the page shows them, what matters first, one after the other: of 50,000 there is one at a time. */
export function* pageAccounts(site: Site, assessmentOf: (id: string) => number | undefined): Iterable<PageAccount> {
  const histories = new Map((site.document.history ?? []).map((history) => [history.account, history]));
  for (const account of sortAccounts(site.document.accounts, { ...site.view, sort: 'default' }))
    yield pageAccount(account, histories.get(account.id), assessmentOf(account.id), site);
}

function pageAccount(
  account: AccountStatus,
  history: AccountHistory | undefined,
  assessment: number | undefined,
  site: Site,
): PageAccount {
  const { id, name, email, status, state, path, lastUsedAt } = account;
  const unit = site.unitOf(path)?.index;
  const lines = history === undefined ? [] : historyLines(history, site);
  return {
    id,
    name: visible(name),
    email: visible(email),
    status,
    ...(unit === undefined ? {} : { unit }),
    ...(state === 'ACTIVE' ? {} : { state: site.words.shared.state(visible(state)) }),
    ...reasonOf(account, site),
    ...(status === 'present' ? heldBy(account, site) : {}),
    ...(lastUsedAt === null ? {} : { usedAt: lastUsedAt }),
    ...joinedOf(account, site),
    ...(lines.length === 0 ? {} : { history: lines }),
    ...(assessment === undefined ? {} : { assessment }),
  };
}

/** Why an account is unknown, in part or whole, or was not looked at. */
function reasonOf(account: AccountStatus, { document, view }: Site): Pick<PageAccount, 'why' | 'hint'> {
  const { status, error } = account;
  if (status === 'skipped') return { why: visible(skipPhrase(account, document.managementAccount, view)) };
  if (error === null) return status === 'unknown' ? { why: view.speech.words.status.unread } : {};
  const { hint } = view.speech.entryOf(error);
  return { why: visible(view.speech.phraseOf(error)), ...(hint === null ? {} : { hint: visible(hint) }) };
}

function heldBy(account: AccountStatus, site: Site): Pick<PageAccount, 'held' | 'warning' | 'use' | 'credentials'> {
  const { page, view } = site;
  const kinds = Object.values(kindsOf(view));
  const held = kinds.flatMap((kind) => (kind.list(account.credentials) ?? []).map(() => ({ kind: kind.name })));
  const isExposed = isUnguarded(account.credentials, 'login-profile', kindsOf(view));
  const unread = kinds.filter((kind) => kind.list(account.credentials) === null);
  const isUnread = unread.length > 0;
  const texts = [countKinds(held, view), ...unread.map((kind) => `${wordsFor(kind.name, view).all}: ?`)];
  return {
    held: texts.filter((text) => text !== '').join(view.speech.words.shared.comma),
    ...(isExposed ? { warning: page.accounts.passwordWithoutMfa } : {}),
    ...(account.lastUsedAt === null
      ? { use: isUnread ? page.credential.notKnown : page.credential.neverUsedShort }
      : {}),
    credentials: [
      ...kinds.flatMap((kind) =>
        (kind.list(account.credentials) ?? []).map((one) => pageCredential(kind, one, isExposed, site)),
      ),
      ...unread.map((kind) => ({ kind: wordsFor(kind.name, view).all, facts: [page.credential.unreadable] })),
    ],
  };
}

/** @param isExposed that the account has a password without MFA. */
function pageCredential(
  kind: KindDescription,
  { id, status, type, createdAt, lastUsedAt, lastUsedService, lastUsedRegion }: Credential,
  isExposed: boolean,
  { page, words, dates, view }: Site,
): PageCredential {
  const { credential } = page;
  const { plan } = words.removal;
  const where = [lastUsedService, lastUsedRegion].filter((part) => part && part !== 'N/A').join(', ');
  const hasLastUse = kind.details.includes('lastUsedAt');
  const facts = [
    status === undefined ? null : plan.status(status),
    type === undefined ? null : plan.devices[type],
    createdAt ? credential.created(dates.day(createdAt)) : null,
    lastUsedAt ? usedText(lastUsedAt, where) : hasLastUse ? credential.neverUsed : null,
  ];
  function usedText(at: string, place: string): string {
    return place === '' ? credential.lastUsed(dates.time(at)) : credential.usedBy(dates.time(at), visible(place));
  }
  return {
    kind: wordsFor(kind.name, view).one,
    ...(id === null ? {} : { id: visible(id) }),
    facts: facts.filter((fact) => fact !== null),
    ...(isExposed && kind.name === 'login-profile' ? { warning: plan.noMfa } : {}),
  };
}

function joinedOf(account: AccountStatus, { page }: Site): Pick<PageAccount, 'joinedAt' | 'joinedMethod'> {
  const { joinedAt, joinedMethod } = account;
  if (!joinedAt) return {};
  return { joinedAt, ...(joinedMethod ? { joinedMethod: page.newcomers.methods[joinedMethod] } : {}) };
}

function historyLines({ cleanSince, cameBackAt }: AccountHistory, { page, dates }: Site): readonly string[] {
  return [
    ...cameBackAt.map((at) => page.period.cameBackAt(dates.time(at))),
    ...(cleanSince === null ? [] : [page.period.cleanSince(dates.time(cleanSince))]),
  ];
}
