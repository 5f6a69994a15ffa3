import type { usageProblems as entries } from '../../problems/usage.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const usageProblems: ProblemWordsOf<keyof typeof entries> = {
  UnknownFormat: {
    message: ({ format }) => `出力形式 ${format} はありません`,
    hint: ({ offered }) => `次のいずれかを指定してください: ${offered.join(', ')}`,
  },
  FormatNotOffered: {
    message: ({ command, format }) => `rootctl ${command} には ${format} 形式の出力がありません`,
    hint: ({ offered }) => `次のいずれかを指定してください: ${offered.join(', ')}`,
  },
  UnreadableFile: {
    message: ({ path, code }) => `${path} を読み取れません (${code})`,
    hint: () => 'パスとアクセス権を確認してください',
  },
  NotConfirmed: {
    message: () => '確認されませんでした: 何も変更していません',
    hint: ({ expected }) => `${expected} を正確に入力するか、--yes を指定してください`,
  },
  EmptySelection: {
    message: ({ command, isDumb }) =>
      `${command} の対象アカウントが指定されていません${isDumb ? '。この端末 (TERM=dumb) では一覧を表示できません' : ''}`,
    hint: () => '--all、アカウント ID、--accounts、--ou、--tag、--name のいずれかで指定してください',
  },
};
