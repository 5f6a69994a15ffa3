import type { shellProblems as entries } from '../../problems/shell.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const shellProblems: ProblemWordsOf<keyof typeof entries> = {
  Interrupted: {
    message: ({ before }) =>
      before === 'change' ? '中断しました: 何も変更していません' : '結果が得られる前にコマンドが停止されました',
  },
  SandboxServed: {
    message: ({ pid, since }) => `rootctl sandbox start が保存済みの組織を提供しています (pid ${pid}、開始 ${since})`,
    hint: ({ pid }) => `--sandbox の代わりに --endpoint-url を使用するか、先にサーバーを停止してください: kill ${pid}`,
  },
  InvalidScenario: {
    message: ({ path, said }) => `${path}: ${said}`,
    hint: () => '形式は docs/sandbox.md で説明しています',
  },
  UnknownCode: {
    message: ({ code }) => `エラーコード ${JSON.stringify(code)} はありません`,
    hint: ({ near }, { cure }) =>
      `${near === null ? '' : `${near} ではありませんか? `}すべてのコードを一覧表示: ${cure}`,
  },
  PortInUse: {
    message: ({ port, code }) => `ポート ${port} で待ち受けられません (${code})`,
    hint: () => '--port で別のポートを指定してください。0 を指定すると空いているポートを使用します',
  },
};
