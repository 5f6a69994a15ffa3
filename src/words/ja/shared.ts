import { type shared as en, kindWordsIn } from '../en/shared.ts';
import { grammar } from './grammar.ts';

const { number } = grammar;

const states: ReadonlyMap<string, string> = new Map([
  ['ACTIVE', 'アクティブ'],
  ['SUSPENDED', '停止'],
  ['PENDING_CLOSURE', '閉鎖保留中'],
  ['PENDING_ACTIVATION', 'アクティベーション保留中'],
  ['CLOSED', '閉鎖済み'],
  ['UNKNOWN', '不明'],
]);

export const shared: typeof en = {
  kinds: {
    'access-key': {
      one: 'アクセスキー',
      many: 'アクセスキー',
      all: 'アクセスキー',
      title: 'キー',
      shortTitle: 'キー',
      heading: 'アクセスキー',
      brief: ['キー', 'キー'],
      usedBy: { long: 'アクセスキー', short: 'キー' },
    },
    'signing-certificate': {
      one: '署名証明書',
      many: '署名証明書',
      all: '署名証明書',
      title: '証明書',
      shortTitle: '証明書',
      heading: '署名証明書',
      brief: ['証明書', '証明書'],
      usedBy: null,
    },
    'login-profile': {
      one: 'パスワード',
      many: 'パスワード',
      all: 'パスワード',
      title: 'パスワード',
      shortTitle: 'PW',
      heading: 'パスワード',
      brief: ['PW', 'PW'],
      usedBy: { long: 'パスワード', short: 'PW' },
    },
    'mfa-device': {
      one: 'MFA デバイス',
      many: 'MFA デバイス',
      all: 'MFA デバイス',
      title: 'MFA',
      shortTitle: 'MFA',
      heading: 'MFA',
      brief: ['MFA', 'MFA'],
      usedBy: null,
    },
  },
  skipped: {
    'management-account': '管理アカウント',
    'not-active': 'アクティブではありません',
    excluded: '除外',
    protected: '設定により保護',
    'used-recently': 'ルートユーザーが最近使用されています',
    'none-of-these-kinds': '--only で指定した種類の認証情報がありません',
    'changed-since-plan': '計画の作成後に変更されています',
    'not-tried': '未開始',
  },
  state: (state) => states.get(state) ?? state,
  accounts: (value) => `${number(value)} 個のアカウント`,
  credentials: (value, { one }) => (value === 1 ? one : `${one} ${value} 個`),
  brief: (value, [one, many]) => (value === 1 ? one : `${many} ${value}`),
  comma: '、',
  betweenSentences: '',
};

/** Before a particle: Latin letters, digits and brackets stand apart from Japanese. */
export const apart = (text: string): string => (/[\w)…]$/u.test(text) ? `${text} ` : text);

export const kindWords = kindWordsIn(shared.kinds);
