import type { annotations as en } from '../en/annotations.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { list, number } = grammar;

const those = (named: readonly string[], more: number): string =>
  list(more === 0 ? named : [...named, `他 ${number(more)} 個`]);

export const annotations: typeof en = {
  failOnUnknown: (given, offered) =>
    `入力 fail-on の ${JSON.stringify(given)} は使用できません。次のいずれかを指定してください: ${offered.join('、')}`,
  present: (accounts, named, more) =>
    `${shared.accounts(accounts)}にルートユーザー認証情報が存在します: ${those(named, more)}`,
  appeared: (accounts, named, more) =>
    `${shared.accounts(accounts)}に新しいルートユーザー認証情報が存在します: ${those(named, more)}`,
  unknown: (accounts, named, more) =>
    `${shared.accounts(accounts)}のルートユーザー認証情報を読み取れませんでした: ${those(named, more)}`,
  undeleted: (accounts, named, more) =>
    `${shared.accounts(accounts)}のルートユーザー認証情報の全部または一部が、削除されていないか確認できていません: ${those(named, more)}`,
  unplanned: (accounts, named, more) => `${shared.accounts(accounts)}では削除を計画できません: ${those(named, more)}`,
  changed: (accounts, named, more) => `計画の作成後に変更された${shared.accounts(accounts)}: ${those(named, more)}`,
  summaryCut: '結果がサマリーの上限を超えているため、以降を省略しました。ファイルにはすべて含まれています。',
};
