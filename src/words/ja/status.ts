import type { AccountStatus, StatusChange } from '../../documents/index.ts';
import type { status as en } from '../en/status.ts';
import { grammar } from './grammar.ts';
import { apart, shared } from './shared.ts';

const { list, number } = grammar;

const which = (whose: 'all' | 'some'): string => (whose === 'some' ? '選択したアカウント' : 'メンバーアカウント');

const readIn = (took: string | null): string => (took === null ? '' : ` (読み取り時間: ${took})`);

const who = (accounts: number, names: readonly string[]): string =>
  names.length === 0 ? shared.accounts(accounts) : list(names);

const newcomer: Readonly<Record<AccountStatus['status'], string>> = {
  present: '新しいアカウントで、ルートユーザー認証情報が存在します',
  absent: '新しいアカウントで、ルートユーザー認証情報は存在しません',
  unknown: '新しいアカウントで、読み取れませんでした',
  skipped: '新しいアカウントで、対象外です',
};

const changes: Readonly<Record<Exclude<StatusChange['change'], 'new'>, string>> = {
  appeared: 'ルートユーザー認証情報が追加されました',
  'was-unknown': '前回は不明でしたが、ルートユーザー認証情報が存在します',
  gone: 'ルートユーザー認証情報がなくなりました',
  changed: 'ルートユーザー認証情報が変更されました',
  unreadable: '前回は読み取れましたが、今回は読み取れませんでした',
  left: '組織のメンバーではなくなりました',
};

export const status: typeof en = {
  titles: {
    account: 'アカウント',
    name: '名前',
    email: 'E メール',
    unit: 'OU',
    joined: '参加',
    state: '状態',
    root: 'ルート',
    lastUsed: '最終使用',
    reason: '理由',
  },
  root: 'Root',
  placeless: 'OU 不明',
  counted: (count, state) => `${state} ${count}`,
  notShown: (accounts) => `${shared.accounts(accounts)}は表示していません (--state)。`,
  states: { present: '存在する', absent: '存在しない', unknown: '不明', skipped: '対象外' },
  held: 'あり',
  withoutMfa: (held) => `${held} (MFA なし)`,
  unread: '読み取れませんでした',
  skipped: '対象外',
  holds: (kind, isHeld) => `${kind}${isHeld ? 'あり' : 'なし'}`,
  managementAccount: (account, holds) =>
    `${account} (${holds === null ? 'ルートユーザー認証情報は不明' : holds.join('、')})`,
  lastUsed: {
    never: '未使用',
    long: (ago, by, where) => `${ago} (${where === '' ? by : `${by}: ${where}`})`,
    short: (ago, by) => `${ago} ${by}`,
  },
  clean: (looked, whose, took) =>
    `${looked === 1 ? which(whose) : `${which(whose)} ${number(looked)} 個のすべて`}に、ルートユーザー認証情報は存在しません${readIn(took)}。`,
  cleanSoFar: (looked, whose, took) =>
    looked === 0
      ? `確認したアカウントはありません${readIn(took)}。`
      : `読み取った${which(whose)} ${number(looked)} 個に、ルートユーザー認証情報は存在しません${readIn(took)}。`,
  notLookedAt: (phrases) => `確認していないアカウント: ${phrases.join('、')}。`,
  skippedFor: (accounts, names, reason) => `${who(accounts, names)} (${reason})`,
  nobodyLookedAt: '確認したアカウントはありません。',
  total: ({ present, unknown, looked }, whose, isComplete, took) => {
    const accounts = `${isComplete ? '' : '確認した'}${which(whose)} ${number(looked)} 個`;
    const unread = unknown === 0 ? '' : `。${number(unknown)} 個は読み取れませんでした`;
    return `${accounts}のうち ${number(present)} 個にルートユーザー認証情報が存在します${unread}${readIn(took)}。`;
  },
  savedAt: (readings, at, ago) =>
    readings === 1
      ? `${at} (${ago}) の読み取り結果です。`
      : `${readings} 回の読み取り結果です。最も古いものは ${at} (${ago}) です。`,
  joinedAgo: (account, ago) => `${account} (${ago}に参加)`,
  invited: (accounts, names) => {
    const more = accounts - names.length;
    const named = list(more > 0 ? [...names, `他 ${number(more)} 個`] : names);
    return `⚠ 招待されたアカウントのうち ${number(accounts)} 個にルートユーザー認証情報が残っています: ${named}。`;
  },
  joinedBy: { INVITED: '招待', CREATED: '作成' },
  passwordsWithoutMfa: (accounts, names) =>
    `⚠ ${apart(who(accounts, names))}のルートユーザーのパスワードに MFA が設定されていません。`,
  managementFaults: (faults) =>
    `⚠ 管理アカウントのルートユーザー: ${faults.join('、')}。ルートユーザーとしてサインインし、対処してください。`,
  changes: {
    since: 'ベースラインからの変更:',
    none: 'ベースラインからの変更はありません。',
    noneSeen: '読み取れた範囲では、ベースラインからの変更はありません。',
    of: (account, { change, after }, details) =>
      `${account}: ${change === 'new' ? newcomer[after ?? 'skipped'] : changes[change]}${details.length === 0 ? '' : ` (${details.join('、')})`}`,
    newAndClean: (accounts) => `新しいアカウント ${number(accounts)} 個に、ルートユーザー認証情報は存在しません`,
    kindUnread: (kind) => `${kind}は不明`,
    createdAt: (credential, createdAt) => `${credential} (作成日時 ${createdAt})`,
  },
  next: {
    first: (step) => `次のステップ: ${step}`,
    readAgain: (command) => `次のステップ (再読み取り): ${command}`,
    seeWhy: (accounts, names, command) => `${apart(who(accounts, names))}を読み取れなかった理由を調べる: ${command}`,
  },
};
