import type { removal as en } from '../en/removal.ts';
import { grammar } from './grammar.ts';
import { apart, shared } from './shared.ts';

const { number } = grammar;
const inAccounts = (credentials: number, accounts: number): string =>
  `${shared.accounts(accounts)}のルートユーザー認証情報 ${number(credentials)} 個`;

const seenGone = {
  all: '。すべて、存在しないことを確認しました',
  each: '。それぞれ、存在しないことを確認しました',
};
const statuses: ReadonlyMap<string, string> = new Map([
  ['Active', '有効'],
  ['Inactive', '無効'],
  ['Expired', '期限切れ'],
]);

export const removal: typeof en = {
  run: (runId) => `実行 ${runId}`,
  journal: (path) => `ジャーナル ${path}`,
  next: (command) => `次のステップ: ${command}`,
  evidence: (command) => `証跡: ${command}`,
  runAgain: (command) => `再実行してください: ${command}`,
  verdicts: { planned: '削除対象', verified: '確認済み', 'some-gone-before': '確認済み (一部はすでに削除済み)' },
  skipped: '対象外',
  notTouched: (reasons) => `対象外: ${reasons}`,
  deleted: (credentials) => `${credentials}を削除`,
  notDeleted: (credential) => `${apart(credential)}は未削除`,
  perhapsDeleted: (credential) => `${apart(credential)}は削除されたか不明`,
  kept: (credentials) => `${credentials}は保持`,
  stillSeen: '再度読み取ったところ、まだ存在しています',
  alike: (accounts, outcome) => `${shared.accounts(accounts)}: ${outcome}`,
  seenGone: (credentials) => `認証情報 ${number(credentials)} 個を削除、存在しないことを確認済み`,
  sum: {
    deleted: (credentials, accounts, seen) =>
      `${inAccounts(credentials, accounts)}を削除しました${seen === null ? '' : seenGone[seen]}。`,
    wouldGo: (credentials, accounts) => `${inAccounts(credentials, accounts)}が削除の対象です。何も変更していません。`,
    left: (accounts, names) =>
      `${shared.accounts(accounts)}は完了していません${names.length === 0 ? '' : `: ${names.join('、')}`}。`,
    absent: (accounts) => `${shared.accounts(accounts)}には存在しませんでした。`,
    notTried: (accounts) => `${shared.accounts(accounts)}は開始していません。`,
    notLookedAt: (who) => `確認していないアカウント: ${who}。`,
    nothing: '何も削除していません。',
    unsure: '削除を確認できたものはありません。',
    nobody: '確認したアカウントはなく、何も削除していません。',
    clean: '削除対象はありません。ルートユーザー認証情報は見つかりませんでした。',
    noneOfTheseKinds: '削除対象はありません。--only で指定した種類の認証情報は見つかりませんでした。',
  },
  plan: {
    titles: {
      account: 'アカウント',
      name: '名前',
      unit: 'OU',
      willGo: '削除対象',
      lastUsed: '最終使用',
      warnings: '警告',
    },
    inUse: '⚠ 使用中',
    marks: { inUse: '使用中', mfaOnly: 'MFA のみ' },
    warning: (text) => `⚠ ${text}`,
    lastUsed: (ago) => `最終使用 ${ago}`,
    used: (ago) => `使用 ${ago}`,
    usedBy: (use, service, region) => {
      const where = [service, region].filter((part) => part !== null).join('、');
      return where === '' ? use : `${use} (${where})`;
    },
    lastUseUnknown: '最終使用日時は不明',
    neverUsed: '使用履歴なし',
    since: (day) => `${day} から`,
    noMfa: 'MFA なし',
    devices: { virtual: '仮想', fido: 'セキュリティキー', hardware: 'ハードウェアトークン' },
    status: (status) => statuses.get(status) ?? status,
    nothing: 'この計画で削除されるものはありません。',
    alreadyGone: (credentials) => `計画のうちルートユーザー認証情報 ${number(credentials)} 個は、すでに存在しません。`,
    willGo: (credentials, accounts) => `${inAccounts(credentials, accounts)}を削除します。元に戻すことはできません。`,
    wouldGo: (credentials, accounts) =>
      `${inAccounts(credentials, accounts)}が削除の対象です。これはドライランです。何も変更していません。`,
    keysInUse: (keys) =>
      `⚠ ${number(keys)} 個のアクセスキーが過去 1 日以内に使用されています。削除すると、使用しているものが動作しなくなります。--unused-for 90d を指定すると、このようなアカウントは対象外になります。`,
    usesUnknown: (accounts) => `⚠ ${shared.accounts(accounts)}では、最終使用日時を読み取れませんでした。`,
    passwordsWithoutMfa: (accounts) => `⚠ ${shared.accounts(accounts)}のパスワードに MFA がありません。`,
    mfaOnly: (accounts) =>
      `⚠ ${shared.accounts(accounts)}には MFA デバイスのみが残っています。これだけではサインインできません。`,
    alarms:
      '⚠ ルートユーザーのアクティビティに対するアラームが、アカウントごとに発生します。監視担当者に事前に伝えてください。',
  },
};
