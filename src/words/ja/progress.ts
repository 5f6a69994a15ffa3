import type * as en from '../en/progress.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { number } = grammar;

export const progress: typeof en.progress = {
  working: {
    organization: '組織を読み取っています',
    'unit-names': '組織単位 (OU) の名前を読み取っています',
  },
  accounts: {
    read: (finished, listed) => `アカウント ${number(finished)} / ${number(listed)} 読み取り済み`,
    done: (finished, listed) => `アカウント ${number(finished)} / ${number(listed)} 完了`,
    judged: (finished, listed) =>
      `アカウント ${number(finished)} / ${number(listed)}: サービスコントロールポリシー (SCP) を読み取っています`,
  },
  rate: (perSecond) => `${perSecond} アカウント/秒`,
  heldBack: 'AWS によるスロットリング中: 速度を下げています',
  left: (seconds) => `残り約 ${seconds} 秒`,
};

export const stopping: typeof en.stopping = {
  working: '停止しています: 処理中の操作は完了させます。もう一度押すと、すぐに停止します。',
  'reading-for-status': () => '停止しています: 実行中の読み取りは完了させます。もう一度押すと、すぐに停止します。',
  'reading-for-plan': () => '何も削除せずに停止します。もう一度押すと、すぐに停止します。',
  deleting: (left) =>
    `停止しています: 処理中のアカウントは完了させます${left > 0 ? `。約 ${left} 個のアカウントは開始しません` : ''}。もう一度押すと、すぐに停止します。`,
};

export const notes: typeof en.notes = {
  'waiting-for-root-sessions': () =>
    'AWS がルートセッションを拒否しています。rootctl enable の直後には起こり得るため、数秒間再試行します',
  'policy-is-so-already': () => 'ポリシーはすでにこの内容です。何も変更していません。',
  'waiting-for-sandbox': (pid, since) =>
    `サンドボックスを使用している別のコマンドの終了を待っています (pid ${pid}、開始 ${since})`,
  'default-region': (region) => `リージョンが設定されていません。STS には ${region} を使用します`,
  resuming: ({ runId, settled, left }) =>
    `実行 ${runId}: ${shared.accounts(settled)}が完了、残り ${number(left)} 個です。`,
};

export const lines: typeof en.lines = {
  labels: { error: 'エラー:', hint: 'ヒント:' },
  warning: (text) => `警告: ${text}`,
  error: (text, code) => `エラー: ${text} (${code})`,
  hint: (text) => `ヒント: ${text}`,
  saved: { policy: (path) => `以前のポリシーを ${path} に保存しました` },
};
