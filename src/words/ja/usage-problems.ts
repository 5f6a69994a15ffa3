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
  NoConfirmation: {
    message: ({ command }) => `rootctl ${command} は実行前に確認を求めますが、入力できる端末がありません`,
    hint: ({ command }) => {
      if (command === 'runs resume') return '--yes を指定してください';
      return command === 'delete'
        ? '--yes を指定するか、先に --dry-run で計画を確認してください'
        : '--yes を指定するか、先に --dry-run で確認してください';
    },
  },
  EmptySelection: {
    message: ({ command, isDumb }) =>
      `${command} の対象アカウントが指定されていません${isDumb ? '。この端末 (TERM=dumb) では一覧を表示できません' : ''}`,
    hint: () => '--all、アカウント ID、--accounts、--ou、--tag、--name のいずれかで指定してください',
  },
};
