import type { shellProblems as entries } from '../../problems/shell.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const shellProblems: ProblemWordsOf<keyof typeof entries> = {
  Interrupted: {
    message: ({ before }) =>
      before === 'change' ? '中断しました: 何も変更していません' : '結果が得られる前にコマンドが終了されました',
  },
  SandboxServed: {
    message: ({ pid, since }) => `rootctl sandbox start が保存済みの組織を提供しています (pid ${pid}、${since} から)`,
    hint: ({ pid }) =>
      `コマンドからは --sandbox の代わりに --endpoint-url でアクセスできます。提供せずに使用するには、先に停止してください: kill ${pid}`,
  },
  InvalidScenario: {
    message: ({ path, said }) => `${path}: ${said}`,
    hint: () => '形式は docs/sandbox.md で説明しています',
  },
  UnknownCode: {
    message: ({ code }) => `コード ${JSON.stringify(code)} はありません`,
    hint: ({ near }, { cure }) => `${near === null ? '' : `${near} ではありませんか? `}すべてのコード: ${cure}`,
  },
  PortInUse: {
    message: ({ port, code }) => `ポート ${port} で待ち受けられません (${code})`,
    hint: () => '--port で別のポートを指定するか、0 を指定して空いているポートを使用してください',
  },
};
