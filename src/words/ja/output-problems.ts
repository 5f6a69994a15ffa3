import type { outputProblems as entries } from '../../problems/output.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { obstacle } from './state-problems.ts';

/** `said`: empty where the parser has no words of its own. */
const saidOf = (said: string): string => said || '式が不完全か、入れ子が深すぎます';

export const outputProblems: ProblemWordsOf<keyof typeof entries> = {
  FormatNotTold: {
    message: ({ out }) => `--out ${out} の出力形式が分かりません`,
    hint: ({ offered, endings }) =>
      `--out FORMAT=FILE (${offered.join(', ')}) と指定するか、ファイル名の末尾を次のいずれかにしてください: ${endings.join('、')}`,
  },
  SameOutput: {
    message: ({ first, second }) => `${first} と ${second} の出力先が同じです`,
    hint: () => '出力先はそれぞれ別のファイルにしてください。標準出力 (-) に指定できるのは 1 つだけです',
  },
  OutNotOffered: {
    message: ({ command }) => `rootctl ${command} では --out を使用できません。結果の形式は 1 つだけです`,
    hint: () => '標準出力をファイルにリダイレクトしてください',
  },
  InvalidQuery: {
    message: ({ query, said, unknown }) =>
      `--query ${query} は JMESPath として正しくありません: ${unknown === null ? saidOf(said) : `関数 ${unknown} はありません`}`,
    hint: () => '例: "accounts[?status==\'present\'].id"。詳しくは docs/formats.md を参照してください',
  },
  QueryNotOffered: {
    message: ({ form }) => `--query は JSON に対して使用します。${form} は JSON ではありません`,
    hint: () => 'どちらか一方を外してください',
  },
  QueryFailed: {
    message: ({ query, said }) => `--query ${query} は結果に適用できません: ${saidOf(said)}`,
    hint: () => 'コマンドの処理は完了しています。-o json でドキュメント全体を確認してください',
  },
  UnusableOutput: {
    message: ({ path, why }) => `${path} に書き込めません: ${obstacle(why)}`,
    hint: () => '何も実行していません。フォルダを作成するか、別のファイルを指定してください',
  },
  PlanNotWritten: {
    message: ({ path, why }) => `計画を ${path} に書き込めませんでした: ${obstacle(why)}`,
    hint: () => '何も削除していません。空き容量を確保するか、別のファイルを指定して、もう一度実行してください',
  },
  OutputNotWritten: {
    message: ({ path, why }) => `結果を ${path} に書き込めませんでした: ${obstacle(why)}`,
    hint: () => 'コマンドの処理は完了しています。結果は他の出力で確認できます',
  },
};
