import { kindNames } from '../../documents/kinds/names.ts';
import type { CredentialName } from '../../problems/index.ts';
import type { runProblems as entries } from '../../problems/run.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { kindWords } from './shared.ts';

export const credentialNames = (credentials: readonly CredentialName[]): string =>
  credentials.map(({ kind, id }) => (id === null ? kindWords(kind).one : `${kindWords(kind).one} ${id}`)).join('、');

/** Kinds by their flags, and the last use. */
export const unreadNames = (what: readonly string[]): string => what.map(unreadName).join('、');

function unreadName(one: string): string {
  if (one === 'last-use') return '最終使用日時';
  const kind = Object.values(kindNames).find(({ flag }) => flag === one);
  return kind === undefined ? one : kindWords(kind.name).all;
}

export const runProblems: ProblemWordsOf<keyof typeof entries> = {
  NotRead: {
    message: ({ what }) =>
      `${unreadNames(what)}を読み取れなかったため、何も削除しません: AWS から応答がありませんでした`,
  },
  PasswordWithoutMFA: {
    message: ({ flag, guarded }) =>
      `${kindWords(guarded).one}が MFA なしで残ります: --only ${flag} には${kindWords(guarded).one}が含まれていません`,
    hint: ({ flag, missing }) => `--only に ${missing} を追加するか、${flag} を外してください`,
  },
  ChangedSincePlan: {
    message: ({ how }) => {
      switch (how.is) {
        case 'guarded-appeared':
          return `計画の作成後に${kindWords(how.guarded).one}が追加されたため、${kindWords(how.kept).many}は削除しません`;
        case 'appeared':
          return `計画の作成後に追加されたため、削除していません: ${credentialNames(how.credentials)}`;
        case 'created-anew':
          return `${kindWords(how.kind).one}は計画の作成後に変更されています: ${how.at} に再作成されました`;
        case 'indistinct':
          return `${kindWords(how.kind).one}は計画の作成後に変更された可能性があります: 同じものかどうかを判断できません (作成日時 ${how.at})`;
        case 'status':
          return `${kindWords(how.kind).one}は計画の作成後に変更されています: ステータスが ${how.before ?? '不明'} から ${how.now ?? '不明'} に変わりました`;
      }
    },
    hint: ({ how }, { cure }) =>
      how.is === 'appeared' || how.is === 'guarded-appeared'
        ? `新しい計画を作成してください: ${cure}`
        : '内容を確認してから、新しい計画を作成してください',
  },
  StillSeen: {
    message: ({ credentials, waitedMs, kept }) => {
      const [first] = credentials;
      return kept === null || first === undefined
        ? `削除から ${waitedMs / 1000} 秒経過しても、AWS がまだ返しています: ${credentialNames(credentials)}`
        : `${kindWords(first.kind).one}を削除から ${waitedMs / 1000} 秒経過しても AWS がまだ返しているため、${kindWords(kept).many}は削除しません`;
    },
    hint: ({ kept }, { cure }) => (kept === null ? `もう一度確認してください: ${cure}` : `再実行してください: ${cure}`),
  },
  Unanswered: {
    message: () => '削除をリクエストしましたが、結果を確認する前に実行が終了しました',
    hint: (_, { cure }) => `再開すると再度確認されます: ${cure}`,
  },
  AccountNotInOrganization: {
    message: ({ account, organizationId }) =>
      `アカウント ${account} はすでに組織 ${organizationId} に属していないため、rootctl では操作できません`,
    hint: () => '現在の所有者に、残っている可能性のあるルートユーザー認証情報を伝えてください',
  },
  TooManyFailures: {
    message: ({ failed, areFirst }) =>
      areFirst
        ? `最初の ${failed} 個のアカウントがすべて失敗したため、残りのアカウントは開始しませんでした`
        : `${failed} 個のアカウントが失敗したため、残りのアカウントは開始しませんでした`,
    hint: (_, { cure }) => `上記の失敗の原因を解消してから、再開してください: ${cure}`,
  },
  WrongAccountSession: {
    message: ({ expectedArn, actualArn }) =>
      `${expectedArn} に対して開始したルートセッションが ${actualArn} のものだったため、実行を停止しました`,
    hint: () =>
      'このセッションでは何も削除していません。rootctl を再び実行する前に、ジャーナルを添えて報告してください',
  },
  NotTried: { message: () => '開始する前に実行が停止されました' },
  InternalError: { message: ({ what }) => `rootctl の内部エラー: ${what}` },
};
