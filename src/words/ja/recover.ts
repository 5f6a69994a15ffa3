import type { recover as en } from '../en/recover.ts';
import { shared } from './shared.ts';

export const recover: typeof en = {
  allowed: (who, email) => `${who}: パスワードの復旧を許可しました (${email})`,
  'already-allowed': (who, email) => `${who}: パスワードの復旧はすでに許可されています (${email})`,
  planned: (who, email) => `${who}: パスワードの復旧が許可されます (${email})`,
  skipped: (who, why) => `${who}: 変更していません${why === null ? '' : `: ${why}`}`,
  failed: (who, why, cure) =>
    `${who}: パスワードの復旧を許可できませんでした${why === null ? '' : `: ${why}`}${cure === null ? '' : ` → ${cure}`}`,
  unverified: (who, why, cure) =>
    `${who}: パスワードの復旧が許可されたか不明です${why === null ? '' : `: ${why}`}${cure === null ? '' : ` → ${cure}`}`,
  now: (accounts) =>
    accounts === 1 ? '次のステップ:' : `次のステップ (${shared.accounts(accounts)}それぞれについて):`,
  signIn: (address) =>
    `AWS サインインページを開き、ルートユーザーを選択して${address === null ? 'アカウントの E メールアドレス' : ` ${address} `}を入力し、[パスワードを忘れた場合] を選択します。`,
  work: 'MFA を設定してから、ルートユーザーにしかできない作業を行います。',
  close: (command) => `作業が終わったら、ルートユーザーのパスワードを再び削除します: ${command}`,
};
