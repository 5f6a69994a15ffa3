import type { report as en } from '../en/report.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { number } = grammar;

export const report: typeof en = {
  total: ({ accounts, failing, open }, isComplete) => {
    if (accounts === 0) return '確認したアカウントはありません。';
    const of = `${isComplete ? '' : 'これまでに一覧にした'}${shared.accounts(accounts)}`;
    const unread = open === 0 ? '' : `${number(open)} 個はすべてまたは一部を読み取れませんでした。`;
    if (failing === 0 && open === 0) return `${isComplete ? '✔ ' : ''}${of}に、不合格のコントロールはありません。`;
    return `${of}のうち ${number(failing)} 個に、不合格のコントロールがあります。${unread}`;
  },
  organization: (title, verdict, reason) => `${title}: ${verdict} (${reason})`,
  titles: {
    control: 'コントロール',
    asks: '要件',
    passed: '合格',
    failed: '不合格',
    unknown: '不明',
    'not-applicable': '該当なし',
    'not-assessed': '未評価',
  },
  readings: (readings, from, to) =>
    readings === 1 ? `読み取り日時: ${to}` : `${number(readings)} 回の読み取り、${from} から ${to} まで`,
  cutShort: (readings) =>
    `${number(readings)} 回の読み取りは途中で終了しました。ルートユーザー認証情報が存在しないことの確認には使用できません。`,
  run: (id, startedAt, outcomes) => `実行 ${id}、開始日時 ${startedAt}: ${outcomes}`,
  nothingDone: '変更したアカウントはありません',
  failing: (account, subjects) => `${account}: ${subjects.join('、')}`,
  failingTitle: '不合格:',
  more: (accounts, command) => `他に${shared.accounts(accounts)}があります: ${command}`,
  cameBack: (account, times) => `⚠ ${account}: ルートユーザー認証情報が再び存在します。確認日時: ${times.join('、')}`,
  markdown: {
    heading: '## ルートユーザー認証情報の評価',
    about: (organization, readings) => `組織 ${organization}。${readings}`,
    controls: '### コントロール',
    columns: {
      control: 'コントロール',
      asks: '要件',
      passed: '合格',
      failed: '不合格',
      unknown: '不明',
      'not-applicable': '該当なし',
      'not-assessed': '未評価',
      source: '出典',
    },
    accounts: '### 不合格のアカウント、または読み取れなかったアカウント',
    accountColumns: ['アカウント', '名前', '評価', 'コントロール', '理由'],
    notListed: (accounts) => `他に${shared.accounts(accounts)}があります。JSON または CSV を参照してください。`,
    history: '### 期間中の変化',
    historyColumns: ['アカウント', '名前', 'ルートユーザー認証情報が存在しない期間の開始', '再び存在した日時'],
    mappings: '### 他の標準での対応',
    mappingColumns: ['標準', '対象', 'ID', '対応付けの出典'],
    anySubject: 'ルートユーザー認証情報全体',
    disagreements: '### スキャナーによって結果が異なる点',
  },
};
