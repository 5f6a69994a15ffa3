import type { questions as en } from '../en/questions.ts';

export const questions: typeof en = {
  type: {
    organization: (expected) => `続行するには組織 ID を入力してください (${expected}):`,
    account: (expected) => `続行するにはアカウント ID を入力してください (${expected}):`,
    bucket: (expected) => `続行するにはバケット名を入力してください (${expected}):`,
    queue: (expected) => `続行するにはキュー名を入力してください (${expected}):`,
  },
  notThat: (expected, left) => `${expected} ではありません。残り ${left} 回です。Ctrl-C で変更せずに終了します。`,
  interrupted: '中断しました: 何も変更していません',
  mfaCode: (device) => `MFA デバイス ${device} のコード:`,
  which: 'どのアカウントですか?',
  noPlace: '場所が不明',
};
