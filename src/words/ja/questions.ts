import type { questions as en } from '../en/questions.ts';
import { switching } from './switching.ts';

export const questions: typeof en = {
  type: {
    organization: (expected) => `続行するには組織 ID を入力してください (${expected}):`,
    account: (expected) => `続行するにはアカウント ID を入力してください (${expected}):`,
    bucket: (expected) => `続行するにはバケット名を入力してください (${expected}):`,
    queue: (expected) => `続行するにはキュー名を入力してください (${expected}):`,
  },
  consequences: {
    'turn-off': switching.willTurnOff,
    'allow-recovery': ({ id, name, email }) =>
      `${name} (${id}): ${email} 宛てのメールを読める人は誰でも、ルートユーザーのパスワードを設定できるようになります。`,
    'change-policy': (file, backups) =>
      `ポリシーを${file === null ? '削除します' : ` ${file} の内容に置き換えます`}。以前のポリシーは、先に ${backups} に保存されます。`,
  },
  notThat: (expected, left) =>
    `${expected} ではありません。残り ${left} 回です。Ctrl-C を押すと、何も変更せずに終了します。`,
  interrupted: '中断しました: 何も変更していません',
  mfaCode: (device) => `MFA デバイス ${device} のコード:`,
  which: 'アカウントを選択してください',
  noPlace: 'OU 不明',
};
