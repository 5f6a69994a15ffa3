import type { TopicWords } from '../topics.ts';

const users = (commands: readonly string[]): string =>
  commands.length === 0 ? 'すべてのコマンド' : commands.join('、');

export const topics: TopicWords = {
  environment: ({ variables }) => ({
    title: '環境変数と設定ファイル',
    blocks: [
      'すべてのオプションは、同じ名前の環境変数でも指定できます。たとえば --max-accounts に対応する変数は ROOTCTL_MAX_ACCOUNTS です。オプション、環境変数、作業フォルダの .rootctl.yaml (または --config のファイル)、$XDG_CONFIG_HOME/rootctl の config.yaml (~/.config/rootctl) の順に優先されます。有効な設定とその指定元は rootctl config show で、ファイルの書式は rootctl config schema で確認できます。',
      '空の変数は無視します。値を取らないオプションの変数には 1、0、true、false のいずれかを、複数回指定できるオプションの変数には 1 行に 1 つの値を指定します。オプションとして無効な値は使い方の誤り (終了コード 64) になります。ROOTCTL_ で始まる未知の変数には警告を表示します。',
      '設定ファイルでは、--yes、アカウントの選択、計画、ポリシーを指定できません。環境変数では指定できますが、その場合、変更を行うコマンドはその旨を表示します。コマンドラインでアカウントを指定した場合は、それだけが対象になります。環境変数によってアカウントが追加されることはありません。',
      {
        terms: variables.map(({ variable, flag, commands }) => [variable, `--${flag}: ${users(commands)}`]),
      },
      '次の環境変数も使用します。',
      {
        terms: [
          [
            'AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, …',
            '認証情報、リージョン、エンドポイント (AWS CLI と同じ)。オプションより優先順位が低く、設定ファイルより優先されます',
          ],
          ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY, AWS_CA_BUNDLE', 'プロキシと CA 証明書。すべてのリクエストに使用します'],
          ['NO_COLOR, FORCE_COLOR, TERM, COLUMNS', '色と、表の幅'],
          ['LC_ALL, LC_MESSAGES, LANG', '言語。--lang、ROOTCTL_LANG、lang: の指定がない場合に使用します'],
          [
            'XDG_STATE_HOME',
            'ジャーナル、バックアップ、サンドボックスは、この下の rootctl/ に保存します (デフォルト: ~/.local/state)',
          ],
          [
            'XDG_CACHE_HOME',
            'Node のコンパイル結果は、この下の rootctl/ に保存します。削除できます (デフォルト: ~/.cache)',
          ],
          ['NODE_DISABLE_COMPILE_CACHE', '1: コンパイル結果を保存しません。次回の起動は遅くなります'],
          ['XDG_CONFIG_HOME', 'ユーザーの設定ファイルは、この下の rootctl/config.yaml です (デフォルト: ~/.config)'],
        ],
      },
      'rootctl は AWS 以外には何も送信しません。利用状況の送信 (テレメトリ) も、更新の確認も行いません。',
    ],
  }),
  formatting: ({ formats }) => ({
    title: '出力形式',
    blocks: [
      `標準出力には結果のみを出力します。進行状況、質問、警告、エラーは標準エラー出力に出力します。形式は --output で指定します: ${formats.join('、')}。どの形式でも内容は同じです。--out FORMAT=FILE を指定すると、同じ読み取りの結果を他の形式でも保存できます。`,
      {
        terms: [
          ['table', '人が読むための表。端末の幅と言語に合わせます'],
          [
            'json',
            '1 つのドキュメント。スキーマはパッケージの schemas/ にあります。コマンドを終了させるエラーもドキュメントとして出力します',
          ],
          ['ndjson', '結果が判明したアカウントから 1 行ずつ出力し、最後に集計の行を出力します'],
          ['csv', '表計算ソフト用。数式として実行される値はありません'],
          ['markdown', 'CI ジョブの概要用'],
          ['sarif', 'コードスキャン用'],
          ['html', '1 つのファイルにまとまったページ (rootctl report)'],
        ],
      },
      'JSON、csv、ndjson とコードは、どの言語でも同じです。JSON の message と hint は英語です。読み取りが途中で終わったドキュメントは complete: false になります。',
      {
        lines: [
          'rootctl status -o json',
          'rootctl status --out sarif=root.sarif --out status.json',
          'rootctl status -o csv > status.csv',
        ],
      },
    ],
  }),
  'exit-codes': () => ({
    title: '終了コード',
    blocks: [
      {
        terms: [
          ['0', '完了しました'],
          [
            '1',
            '一部またはすべてが失敗しました。不明、未検証、一部のみ削除、または失敗のアカウントがあるか、doctor で問題が見つかりました',
          ],
          ['2', '--check でルートユーザー認証情報を検出しました'],
          [
            '64',
            '使い方の誤り: オプション、環境変数、ファイル、ID が正しくないか、確認を求めることができないか、計画が拒否されました。何も実行していません',
          ],
          ['130', '中断しました (SIGTERM、SIGHUP の場合は 143)。どこまで進んだかはジャーナルに残ります'],
        ],
      },
      '--check では、読み取れなかったアカウントがあれば、ルートユーザー認証情報が見つかった場合でも終了コードは 1 になります。エラーコードの意味は rootctl explain CODE で確認できます。',
    ],
  }),
  selection: () => ({
    title: 'アカウントの選択',
    blocks: [
      'status、delete、report では、同じ方法でアカウントを選択します。指定を省略した場合、status と report ではすべてのメンバーアカウントが対象になります。delete では必ず指定します。',
      {
        terms: [
          ['ID …', 'アカウント ID'],
          ['--all', 'すべてのメンバーアカウント'],
          ['--accounts', 'カンマ区切りの ID、@FILE (1 行に 1 つ、# はコメント)、または - (標準入力)'],
          ['--ou', 'OU とその配下すべて: OU の ID、またはルートからの名前のパス (Workloads/Prod)'],
          ['--tag', 'このタグを持つアカウント: KEY または KEY=VALUE'],
          ['--name', '名前が一致するアカウント (* と ? を使用可能)'],
          ['--joined-since', '以降に組織に参加したアカウント: UTC の日付 (2026-01-15) または期間 (30d)'],
          ['--exclude', '除外する ID、名前のパターン、または OU。設定ファイルの protect: と同じく、常に優先されます'],
        ],
      },
      '--exclude 以外の指定は合算されます。組織にない ID を指定するとエラーになり、何も実行しません。delete では、何にも一致しない除外もエラーになります。管理アカウントと、停止、保留中、または閉鎖されたアカウントは、スキップとして一覧に表示します。端末で delete を指定なしで実行すると、一覧から選択できます。',
      {
        lines: [
          'rootctl status --ou Workloads/Prod --exclude 111122223333',
          'rootctl delete --tag env=sandbox --unused-for 90d',
        ],
      },
    ],
  }),
  safety: () => ({
    title: '安全に削除するための仕組み',
    blocks: [
      {
        terms: [
          [
            '事前の確認',
            '--dry-run は計画を表示するだけで、何も削除しません。--plan-out は計画を保存し、--plan はその計画どおりに実行します',
          ],
          [
            '承認',
            '組織 ID の入力が必要です。--yes を指定すると省略できます。端末ではなく --yes もない場合は、何も実行しません',
          ],
          [
            '制限',
            '--org、--max-accounts、--unused-for、--max-failures。設定ファイルの protect: に指定したアカウントは操作しません。設定ファイルで --yes やアカウントの選択を指定することはできません',
          ],
          [
            '順序',
            '1 つのアカウントでは、アクセスキー、署名証明書、パスワード、MFA デバイスの順に削除します。MFA デバイスは、パスワードが存在しないことを確認してから削除します',
          ],
          [
            '段階',
            'まず 3 アカウントを処理し、その後に残りを開始します。失敗が多すぎる場合や、別のアカウントのセッションを受け取った場合は停止します',
          ],
          [
            '検証',
            '削除後に再度読み取り、存在しないことを確認します。確認できないものは未検証、読み取れないものは不明とし、存在しないとは判断しません',
          ],
          [
            '記録',
            '削除ごとに、リクエストを送信する前にディスクに記録します。記録は rootctl runs show で表示できます。中断した場合は rootctl runs resume で再開できます',
          ],
          [
            '停止',
            'Ctrl-C を 1 回押すと、新しい処理は開始せず、実行中の処理が完了してから停止します。2 回押すとすぐに停止します',
          ],
        ],
      },
      '管理アカウントと、選択していないアカウントは操作しません。秘密情報を表示、ログ出力、保存することはありません。利用状況の送信 (テレメトリ) も、更新の確認も行いません。',
      {
        lines: [
          'rootctl delete --all --sandbox',
          'rootctl delete --all --plan-out plan.json',
          'rootctl delete --plan plan.json --yes',
        ],
      },
    ],
  }),
};
