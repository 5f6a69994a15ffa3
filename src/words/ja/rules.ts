import type { RuleName } from '../../problems/index.ts';
import type { RuleWords } from '../problem-words.ts';

const durations = '秒数、または単位付きの数値 (60s、15m、24h、90d)';

const rules: RuleWords = {
  'whole-number': ([from = '', to = '']) => `${from} から ${to} までの整数を指定してください`,
  rate: ([from = '', to = '']) => `${from} から ${to} までの数値を指定してください`,
  duration: ([, to = '']) => `${durations}を指定してください (最大 ${to})`,
  'duration-above-zero': () => `0 より長い時間を、${durations}で指定してください`,
  'account-id': () => 'アカウント ID は先頭のゼロを含む 12 桁の数字です',
  'http-url': () => 'http:// または https:// で始まるアドレスを指定してください',
  region: () => 'eu-west-1 のような AWS リージョンを指定してください',
  'one-of': (choices) => `次のいずれかを指定してください: ${choices.join('、')}`,
  switch: () => 'true または false (1 または 0) を指定してください',
};

export const ruleSentence = (rule: RuleName | null, limits: readonly string[]): string =>
  rule === null ? '' : rules[rule](limits);
