import type { runProblems as entries } from '../../problems/run.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const runProblems: ProblemWordsOf<keyof typeof entries> = {
  StillSeen: {
    message: ({ credentials, waitedMs }) =>
      `削除から ${waitedMs / 1000} 秒経過しても、まだ表示されています: ${credentials.join('、')}`,
    hint: (_, { cure }) => `もう一度確認してください: ${cure}`,
  },
  InternalError: { message: ({ what }) => `rootctl の内部エラー: ${what}` },
};
