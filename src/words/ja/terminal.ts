import type { terminal as en } from '../en/terminal.ts';
import { grammar } from './grammar.ts';

const { number } = grammar;

export const terminal: typeof en = {
  skew: (aheadMs) =>
    `警告: このマシンの時計は AWS より ${span(Math.abs(aheadMs))}${aheadMs > 0 ? '進んで' : '遅れて'}います。ここに表示する経過時間と時刻は AWS の時刻に基づいています`,
  timeIsOver: (seconds) => `--timeout の時間 (${seconds} 秒) が経過しました。新しい処理は開始しません`,
  tightened: (path, mode) =>
    `警告: ${path} は他のユーザーからアクセス可能 (モード 0${mode}) だったため、0700 に変更しました。中のファイルを確認してください`,
  unwritable: {
    message: (code) => `エラー: 結果を書き込めませんでした (${code})`,
    closed: 'ヒント: 標準出力が閉じられています。ファイルに出力するか、不要であれば /dev/null に出力してください',
    full: 'ヒント: 空き容量を確保するか、出力先を変更してください',
  },
  debug: {
    retry: (operation, code, delayMs) => `デバッグ: ${operation}: ${code}。${delayMs} ミリ秒後に再試行します`,
    causedBy: (error) => `原因: ${error}`,
  },
  list: {
    chosen: (marked) => `${marked} 個を選択`,
    nothing: '一致するものがありません',
    marked: (marked) => `${marked} 個を選択中`,
    shown: (shown, all) => `、${all} 個のうち ${shown} 個を表示`,
    keys: '入力で検索 · スペースで選択 · Tab で表示中をすべて選択 · Enter で続行',
  },
  variables: {
    decide: (said) =>
      `環境変数で指定されています: ${said.map(({ variable, flag }) => `${flag} (${variable})`).join('、')}`,
    strange: (name, near) => `不明な環境変数 ${name} は無視します${near === null ? '' : `。${near} ではありませんか?`}`,
  },
  sandbox: {
    serving: (organizationId, endpoint) =>
      `シミュレートした組織 ${organizationId} を ${endpoint} で提供しています。Ctrl-C で停止します`,
  },
};

function span(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (minutes < 120) return `${number(minutes)} 分`;
  if (minutes < 2_880) return `${number(Math.round(minutes / 60))} 時間`;
  return `${number(Math.round(minutes / 1_440))} 日`;
}
