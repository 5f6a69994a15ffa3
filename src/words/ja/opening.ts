import type { opening as en } from '../en/opening.ts';
import { grammar } from './grammar.ts';

const { number } = grammar;

const onOff = (isOn: boolean | null): string => (isOn === null ? '不明' : isOn ? '有効' : '無効');

export const opening: typeof en = {
  simulated: 'サンドボックス: この組織はシミュレーションであり、AWS 上には存在しません',
  managementAccount: (id) => `管理アカウント ${id}`,
  calledFrom: (id) => `委任管理者 ${id} から実行`,
  trustedAccessOff: '信頼されたアクセス: 無効',
  onOff,
  rootCredentialsManagement: (isOn) => `ルート認証情報の管理: ${onOff(isOn)}`,
  rootSessions: (isOn) => `ルートセッション: ${onOff(isOn)}`,
  notComplete: (what) => `不完全な結果: ${what}。`,
  missing: {
    accounts: (missing, accounts, done, isListed) => {
      const were = done === 'read' ? '読み取っていません' : '処理していません';
      if (isListed) return `${number(accounts)} 個のアカウントのうち ${number(missing)} 個を${were}`;
      return missing === 0
        ? `アカウントの一覧が途中で終了しました (少なくとも ${number(accounts)} 個あります)`
        : `少なくとも ${number(accounts)} 個あるアカウントのうち ${number(missing)} 個を${were}`;
    },
    checks: '確認できなかったアカウントがあります',
    journal: 'この実行のジャーナルは破損しています',
    'end-of-run': '実行がまだ終了していません',
    'rest-of-run': '実行が途中で停止されました',
    journals: '読み取れないジャーナルがあるため、有効な復旧が含まれていない可能性があります',
    rest: '途中で停止されました',
  },
};
