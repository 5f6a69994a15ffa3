import type { usageProblems as entries, NamedFile } from '../../problems/usage.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';
import { opening } from './opening.ts';
import { ruleSentence } from './rules.ts';

const files: Readonly<Record<NamedFile, string>> = {
  'account-list': 'アカウントの一覧',
  baseline: 'ベースライン',
  configuration: '設定ファイル',
  plan: '計画',
  policy: 'ポリシー',
  reading: '読み取り結果',
  scenario: 'シナリオ',
};

export const usageProblems: ProblemWordsOf<keyof typeof entries> = {
  Usage: {
    message: ({ mistake, word, value, rule, limits }) => {
      switch (mistake) {
        case 'unknown-command':
          return `コマンド '${word}' はありません`;
        case 'unknown-option':
          return `オプション '${word}' はありません`;
        case 'no-command':
          return 'コマンドが指定されていません';
        case 'missing-argument':
          return `必須の引数 '${word}' が指定されていません`;
        case 'missing-value':
          return `オプション '${word}' に値が指定されていません`;
        case 'missing-option':
          return `必須のオプション '${word}' が指定されていません`;
        case 'too-many-arguments': {
          const [expected = '0', given = '0'] = limits;
          return `${word === '' ? '' : `'${word}' の`}引数が多すぎます。最大 ${expected} 個のところ ${given} 個が指定されました`;
        }
        case 'invalid-value':
          return `オプション '${word}' の値 '${value ?? ''}' は無効です。${ruleSentence(rule, limits)}`;
        case 'invalid-variable':
          return `${word}=${value ?? ''} は無効です。${ruleSentence(rule, limits)}`;
      }
    },
    hint: ({ mistake, near, see }) => {
      if (near !== null) return `${near} ではありませんか?`;
      return mistake === 'no-command'
        ? `${see} --help でコマンドの一覧を表示できます`
        : `${see} --help を参照してください`;
    },
  },
  InvalidValue: { message: ({ rule, limits }) => ruleSentence(rule, limits) },
  InvalidConfig: {
    message: ({ at, fault, key, said, rule, limits }) => {
      switch (fault) {
        case 'not-yaml':
          return `${at} は YAML として正しくありません: ${said || '入れ子が深すぎます'}`;
        case 'unresolvable':
          return `${at} を読み取れません: ${said || '入れ子が深すぎます'}`;
        case 'key-twice':
          return `${at}: キー ${key} が重複しています`;
        case 'unknown-key':
          return `${at}: キー ${key} はありません`;
        case 'no-keys':
          return key === ''
            ? `${at}: 設定ファイルはキーと値で記述してください`
            : `${at}: ${key} はキーと値で記述してください`;
        case 'no-single-value':
          return `${at}: ${key} には値を 1 つだけ指定してください`;
        case 'no-list':
          return `${at}: ${key} にはアカウントのリストを指定してください`;
        case 'no-single-account':
          return `${at}: ${key} にはアカウントを 1 つだけ指定してください`;
        case 'invalid-value':
          return `${at}: ${key}: ${ruleSentence(rule, limits)}`;
        case 'endpoint-url-here':
          return `${at}: endpointUrl はすべてのリクエストの宛先を変えるため、ユーザーの設定ファイルでのみ指定できます`;
        case 'home-only':
          return `${at}: ${key} は安全のための制限を緩めるため、ユーザーの設定ファイルでのみ指定できます`;
        case 'never-in-a-file':
          return `${at}: ${key} は実行する内容を決めるため、ファイルでは指定できません`;
      }
    },
    hint: ({ fault, key, near, keys }) => {
      if (near !== null) return `${near} ではありませんか?`;
      switch (fault) {
        case 'not-yaml':
          return 'その行を修正してください';
        case 'key-twice':
          return 'どちらか一方を削除してください';
        case 'unresolvable':
          return 'エイリアスを使わずに値を記述してください';
        case 'endpoint-url-here':
          return '削除して、--endpoint-url または AWS_ENDPOINT_URL を使用してください';
        case 'home-only':
          return '削除するか、ユーザーの設定ファイル ($XDG_CONFIG_HOME/rootctl/config.yaml、デフォルトは ~/.config) に記述してください';
        case 'never-in-a-file':
          return `削除して、コマンドラインで --${flagIn(key)} を指定してください`;
        default:
          return keys.length === 0 ? null : `使用できるキー: ${keys.join('、')}`;
      }
    },
  },
  ContradictingFlags: {
    message: ({ flag, others, why }) => {
      const named = others.map((other) => (other === 'selection' ? 'アカウントの選択' : other)).join('、');
      const contradiction = `${flag} は ${named} と同時に指定できません`;
      switch (why) {
        case 'either-or':
          return contradiction;
        case 'sandbox-inside':
          return `${contradiction}。サンドボックスはプロセス内で動作します`;
        case 'plan-says-all':
          return `${contradiction}。計画の内容がそのまま実行されます`;
        case 'part-of':
          return `${flag} は ${named} と組み合わせて指定してください`;
        case 'stdin-once':
          return `${flag} (標準入力) は 1 回しか読み取れません`;
      }
    },
    hint: ({ others, why }) => {
      switch (why) {
        case 'either-or':
          return 'どちらか一方を外してください';
        case 'sandbox-inside':
          return 'どちらか一方を外してください (ROOTCTL_SANDBOX=1 は --sandbox と同じ効果があります)';
        case 'plan-says-all':
          return '--plan-out で新しい計画を作成してください';
        case 'part-of':
          return `${others.join('、')} を追加するか、このオプションを外してください`;
        case 'stdin-once':
          return '一方の入力をファイルに保存し、そのファイルを指定してください';
      }
    },
  },
  UnknownFormat: {
    message: ({ format }) => `出力形式 ${format} はありません`,
    hint: ({ offered }) => `次のいずれかを指定してください: ${offered.join(', ')}`,
  },
  FormatNotOffered: {
    message: ({ command, format }) => `rootctl ${command} には ${format} 形式の出力がありません`,
    hint: ({ offered }) => `次のいずれかを指定してください: ${offered.join(', ')}`,
  },
  UnreadableFile: {
    message: ({ what, path, code }) => `${files[what]} ${path} を読み取れません (${code})`,
    hint: ({ what }, { rootctl }) => {
      switch (what) {
        case 'baseline':
        case 'reading':
          return `次のコマンドで作成してください: ${rootctl('status', '-o', 'json')} > FILE`;
        case 'plan':
          return `次のコマンドで作成してください: ${rootctl('delete', '--all', '--plan-out', 'FILE')}`;
        case 'scenario':
          return '形式は docs/sandbox.md で説明しています';
        default:
          return 'パスとアクセス権を確認してください';
      }
    },
  },
  InvalidDocument: { message: ({ flaw }) => documentFlaw(flaw) },
  InvalidBaseline: {
    message: ({ path, flaw }) => `${path} はステータスのドキュメントではありません: ${documentFlaw(flaw)}`,
    hint: (_, { cure }) => `次のコマンドで作成してください: ${cure} > FILE`,
  },
  IncompleteBaseline: {
    message: ({ path, missing, accounts }) => {
      const what = opening.missing.accounts(missing, accounts, 'read', false);
      return `${path ?? '比較対象のステータス'} は読み取りが途中で終了しているため、ベースラインとして使用できません: ${what}`;
    },
    hint: (_, { cure }) => `最後まで完了した読み取りから作成してください: ${cure} > FILE`,
  },
  LaterBaseline: {
    message: ({ path, generatedAt, readAt }) =>
      `${path ?? '比較対象のステータス'} は、比較する読み取り (${readAt}) より後の ${generatedAt} に作成されているため、ベースラインとして使用できません`,
    hint: () => '前の読み取り結果を --baseline に指定してください',
  },
  InvalidReading: {
    message: ({ path, flaw }) => `${path} はステータスのドキュメントではありません: ${documentFlaw(flaw)}`,
    hint: (_, { cure }) => `次のコマンドで作成してください: ${cure} > FILE`,
  },
  NoReadings: {
    message: () => 'レポートの対象となる読み取り結果がありません',
    hint: (_, { cure }) => `次のコマンドで作成してください: ${cure} > FILE`,
  },
  SeveralOrganizations: {
    message: ({ organizations }) => `異なる組織の読み取り結果が含まれています: ${organizations.join('、')}`,
    hint: () => '組織ごとにレポートを作成してください',
  },
  ReadingTwice: {
    message: ({ generatedAt }) => `同じ日時 (${generatedAt}) の読み取り結果が 2 つあります`,
    hint: () => '読み取り結果はそれぞれ 1 回だけ指定してください',
  },
  NothingDeleted: {
    message: ({ runId, command }) => `実行 ${runId} (${command}) には、削除前後のアカウントの記録がありません`,
    hint: ({ runId }, { rootctl }) => `実行内容を確認してください: ${rootctl('runs', 'show', runId)}`,
  },
  NotConfirmed: {
    message: ({ expected }) =>
      expected === null
        ? 'アカウントが選択されませんでした: 何も変更していません'
        : '確認されませんでした: 何も変更していません',
    hint: ({ expected }) =>
      expected === null
        ? 'スペースキーでアカウントを選択してください'
        : `${expected} を正確に入力するか、--yes を指定してください`,
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
};

/** The flag behind a key such as `commands.delete.yes`. */
const flagIn = (key: string): string => key.replace(/^.*\./u, '');
