import type { markdown as en } from '../en/markdown.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { number } = grammar;

export const markdown: typeof en = {
  simulated: '**シミュレーション:** この組織はサンドボックスであり、AWS 上には存在しません。',
  status: {
    heading: '## ルートユーザー認証情報',
    clean: (looked) => `✔ ${shared.accounts(looked)}を確認しました。ルートユーザー認証情報は存在しません。`,
    total: ({ present, unknown, looked }, isComplete) => {
      const unread = unknown === 0 ? '' : `${number(unknown)} 個は読み取れませんでした。`;
      return `${isComplete ? '' : '確認した'}${shared.accounts(looked)}のうち ${number(present)} 個にルートユーザー認証情報が存在します。${unread}`;
    },
    source: (organization, switches, readAt) => `組織 ${organization}、${switches.join('、')}。読み取り日時: ${readAt}`,
    columns: {
      account: 'アカウント',
      name: '名前',
      unit: 'OU',
      joined: '参加',
      root: 'ルートユーザー認証情報',
      lastUsed: '最終使用',
    },
    changesNotListed: (changes) => `他の ${number(changes)} 件の変更は、一覧に含まれていません。`,
    notListed: (absent) => `ルートユーザー認証情報が存在しない ${shared.accounts(absent)}は、一覧に含まれていません。`,
  },
  delete: {
    heading: (isDryRun) =>
      isDryRun ? '## 削除対象のルートユーザー認証情報 (ドライラン)' : '## ルートユーザー認証情報の削除',
    total: (accounts, outcomes) => `${shared.accounts(accounts)}: ${outcomes.join('、') || '対象なし'}`,
    run: (runId, endedAt) => `実行 ${runId}、終了日時: ${endedAt}`,
    columns: ['アカウント', '名前', '結果', '認証情報', '必要な対応'],
    unitColumns: ['OU', 'アカウント', '削除し、存在しないことを確認した認証情報'],
  },
  plan: {
    heading: '## ルートユーザー認証情報の削除計画',
    source: (organization, madeAt) => `組織 ${organization}。作成日時: ${madeAt}`,
    columns: ['アカウント', '名前', 'OU', '認証情報', 'ID', '詳細'],
  },
  switching: { heading: '## ルートアクセスの一元管理', organization: (organization) => `組織 ${organization}` },
  recover: {
    heading: (isDryRun) => (isDryRun ? '## パスワードの復旧 (ドライラン)' : '## パスワードの復旧'),
    columns: ['アカウント', '名前', 'E メール', '結果', '理由'],
  },
  unlock: {
    heading: '## リソースポリシー',
    holders: { s3: 'バケット', sqs: 'キュー' },
    columns: ['ステートメント', 'Sid', 'ロックアウト', '理由'],
    locks: { yes: 'あり', no: 'なし', unsure: '可能性あり' },
    policy: '### 変更前のポリシー',
  },
  runs: {
    heading: '## 実行',
    columns: ['実行 ID', 'コマンド', '状態', '開始日時', '終了日時', 'アカウント', 'ジャーナル'],
  },
  doctor: {
    heading: '## 診断',
    columns: ['結果', '確認項目', '内容', '対処'],
    results: { ok: '正常', warn: '警告', fail: '失敗', unknown: '不明' },
  },
  sandbox: { heading: '## シミュレートした組織' },
  run: {
    heading: (runId) => `## 実行 ${runId}`,
    facts: {
      command: 'コマンド',
      organization: '組織',
      started: '開始日時',
      ended: '終了日時',
      state: '状態',
      accounts: 'アカウント',
      journal: 'ジャーナル',
    },
    unknown: '不明',
    notEnded: '未終了',
    accounts: '### アカウント',
    accountColumns: ['アカウント', '名前', '結果', '認証情報'],
    events: '### イベント',
    eventColumns: ['日時', 'イベント', 'アカウント', '認証情報', 'リクエスト ID', 'セッションのキー', '詳細'],
    cloudTrail: '### CloudTrail で同じイベントを検索するクエリ',
  },
};
