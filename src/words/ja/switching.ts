import type { switching as en, Switched } from '../en/switching.ts';

const names: (typeof en)['names'] = {
  'trusted-access': 'IAM の信頼されたアクセス',
  'root-credentials-management': 'ルート認証情報の管理',
  'root-sessions': 'ルートセッション',
  'delegated-administrator': '委任管理者',
};

const named = (one: Switched): string =>
  one.what === 'delegated-administrator' ? `${names[one.what]} ${one.account}` : names[one.what];

export const switching: typeof en = {
  names,
  nobody: 'なし',
  before: '変更前',
  now: '現在',
  wouldBe: '変更後 (予定)',
  willTurnOff: (off) =>
    `次を無効にします: ${off.map(named).join('、')}。この操作で認証情報が削除または復元されることはありません。`,
  stopped: (why, hint) => `停止しました: ${why}${hint === null ? '' : `。${hint}`}`,
  dryRun: 'これはドライランです。何も変更していません。',
  dryRunOfNothing: '変更はありません。すべてすでにこの設定です。',
  disabled: 'メンバーアカウントでは何も削除または復元していません。',
  unchanged: '何も変更していません。すべてすでにこの設定でした。',
  enabled: '有効にしました。認証情報は削除していません。',
  next: (verdict, command) => `${verdict}次のステップ: ${command}`,
};
