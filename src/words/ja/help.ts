import type { help as en } from '../en/help.ts';

export const help: typeof en = {
  about: '組織全体の AWS ルートユーザー認証情報を検出し、削除します。',
  titles: {
    'Usage:': '使い方:',
    'Arguments:': '引数:',
    'Options:': 'オプション:',
    'Commands:': 'コマンド:',
  },
  choices: (values) => `選択肢: ${values.join('、')}`,
  preset: (value) => `デフォルト: ${value}`,
  helpFlag: 'ヘルプを表示します',
  helpCommand: (topics) => `コマンド、または次の項目のヘルプを表示します: ${topics.join('、')}`,
  version: 'バージョンを表示します',
  examplesTitle: '例:',
  examples: {
    doctor: '設定を確認',
    status: 'ルートユーザー認証情報と最終使用',
    delete: '削除対象を表示',
  },
  exitCodes: `終了コード: 0 完了 · 1 失敗または不明なものあり
            2 --check でルートユーザー認証情報を検出
            64 使い方の誤り (何も実行していません)
            130 中断 (SIGTERM と SIGHUP の場合は 143)`,
  documents: 'ドキュメント: パッケージの README.md と docs/',
  everywhere: 'すべてのコマンドに共通のオプション: rootctl --help',
  global: {
    profile: '共有 AWS 設定のプロファイル',
    region: 'STS エンドポイントのリージョン',
    'endpoint-url': 'すべてのリクエストを AWS ではなくこの URL に送信します',
    output: (formats) => `出力形式: ${formats.join('、')}`,
    out: '結果をこの形式でファイルにも出力します (- は標準出力)。複数回指定できます',
    query: 'この JMESPath 式で JSON ドキュメントから抽出した結果を表示します',
    lang: (languages) => `言語: ${languages.join('、')}。省略時は端末の言語を使用します`,
    concurrency: (usual) => `同時に処理するアカウントの数 (デフォルト: ${usual})`,
    rate: '1 秒あたりに開始するルートセッション数。省略時は自動で調整します',
    timeout: (forms) => `この時間が経過したらコマンド全体を停止します (${forms})`,
    quiet: '結果とエラーのみを表示します',
    debug: '再試行とスタックトレースを標準エラー出力に表示します (秘密情報は表示しません)',
    'no-color': '色を付けません',
    'no-pager': '出力が長くても、ページャーを使用しません',
    config: '.rootctl.yaml の代わりに使用する設定ファイル。ユーザーの設定ファイルも引き続き有効です',
    sandbox: 'シミュレートした組織で実行します。このマシンの外部には何も送信しません',
  },
  durations: '秒数、または 15m、24h、90d',
  yes: '確認を求めません',
  accountIds: 'アカウント ID (12 桁)',
  selection: {
    all: 'すべてのメンバーアカウント',
    accounts: 'カンマ区切りの ID、@FILE (1 行に 1 つ、# はコメント)、または - (標準入力)。複数回指定できます',
    ou: 'OU とその配下すべて: OU の ID、または名前のパス (Workloads/Prod)。複数回指定できます',
    tag: 'このタグを持つアカウント。複数回指定できます',
    name: '名前が一致するアカウント (* と ? を使用可能)。複数回指定できます',
    'joined-since': (durations) => `以降に組織に参加したアカウント: UTC の日付 (2026-01-15) または期間 (${durations})`,
    exclude: '除外する ID、名前のパターン、または OU (ID かパス)。常に優先されます。複数回指定できます',
  },
  only: (kinds) => `対象とする種類のみをカンマ区切りで指定します: ${kinds.join('、')}`,
  wait: (forms) => `削除の反映を待つ時間 (${forms})`,
  commands: {
    doctor: {
      summary: '設定を確認し、必要な対処とその方法を示します',
      examples: {
        checks: 'すべての確認項目と、貼り付けて実行できる対処コマンド',
        scripts: 'スクリプト用。失敗した項目があれば終了コード 1',
      },
    },
    enable: {
      summary: 'ルートアクセスの一元管理を有効にします',
      examples: {
        all: '信頼されたアクセスと両方の機能',
        one: '1 つの機能のみ',
        delegated: 'このメンバーアカウントでも rootctl を実行できるようにします',
      },
      flags: {
        only: 'この機能のみ',
        'delegated-admin': 'このメンバーアカウントを委任管理者としても登録します',
        'dry-run': '変更内容を表示するだけで、何も変更しません',
      },
    },
    status: {
      summary: 'メンバーアカウントのルートユーザー認証情報の状態を表示します',
      examples: {
        all: 'すべてのメンバーアカウント',
        ou: '1 つの OU とその配下すべて',
        check: 'CI 用: ルートユーザー認証情報があれば終了コード 2',
        from: '保存した読み取り結果を別の形式で表示します。AWS には接続しません',
        sandbox: 'シミュレートした組織で実行します',
      },
      flags: {
        check: '選択したアカウントにルートユーザー認証情報があれば終了コード 2、不明なものがあれば 1',
        baseline: '以前の status -o json と比較します。--check は新しいもののみを検出します',
        from: '保存した status -o json を使用します。AWS には接続しません (- は標準入力)。複数回指定できます',
        sort: '表の並び順',
        columns: (names) => `この列を表示します (カンマ区切り): ${names.join('、')}`,
        state: (states) => `この状態のアカウントのみを表示します (カンマ区切り): ${states.join('、')}`,
        wide: '端末の幅にかかわらず、すべての列を省略せずに表示します',
        tree: 'OU ごとに、集計とともに表示します',
        rows: 'csv の行の単位: アカウントごと、または認証情報ごと',
      },
    },
    delete: {
      summary: 'ルートユーザー認証情報を削除します: 計画、確認、削除、検証',
      examples: {
        look: 'まず計画を確認します',
        all: '組織 ID の入力を求めます',
        unused: '最近使用されたアカウントは対象外にします',
        planOut: 'レビュー用の計画を作成し…',
        plan: '…CI でその計画どおりに実行します',
      },
      flags: {
        'dry-run': '計画を表示するだけで、何も削除しません',
        'plan-out': '計画をファイルに書き込みます。--dry-run を含みます',
        plan: 'この計画どおりに実行します',
        'plan-max-age': (forms) => `これより古い計画を拒否します (${forms})`,
        org: '他の組織では実行しません',
        'max-accounts': 'これより多いアカウントを対象とする計画を拒否します',
        'unused-for': (forms) => `この期間内にルートユーザーが使用されたアカウントは対象外にします (${forms})`,
        'max-failures': '失敗したアカウントがこの数に達したら、残りを開始しません (デフォルト: 全体の 10 %、最小 5)',
      },
    },
    recover: {
      summary: 'ルートユーザーの E メールアドレスの所有者が、新しいパスワードを設定できるようにします',
      examples: {
        reason: 'アカウント ID の入力を求めます',
        look: '実行内容を表示します',
        close: '作業後、新しいパスワードを再び削除します',
      },
      flags: {
        reason: 'ジャーナルに記録するメモ (チケット番号など)',
        'dry-run': '確認するだけで、何も許可しません',
      },
    },
    unlock: {
      summary: '全員をロックアウトしているバケットポリシーやキューポリシーを、表示、削除、または置き換えます',
      examples: {
        buckets: 'アカウントのバケットを一覧表示します',
        bucket: '全員をロックアウトしているステートメントを表示します',
        remove: 'バケット名の入力を求めます',
        queues: 'そのリージョンのキューを一覧表示します',
        replace: '',
      },
      s3: {
        summary: 'バケットポリシーを表示、削除、または置き換えます',
        flags: { bucket: '対象のバケット。省略時は一覧を表示します' },
      },
      sqs: {
        summary: 'キューポリシーを表示、削除、または置き換えます。リージョンは --region で指定します',
        flags: { queue: '名前、ARN、または URL。省略時は一覧を表示します' },
      },
      flags: {
        account: 'バケットまたはキューを所有するメンバーアカウント',
        'delete-policy': 'ポリシーを削除します。以前のポリシーは先に保存します',
        'put-policy': 'ポリシーを置き換えます。以前のポリシーは先に保存します',
        'dry-run': '確認するだけで、何も変更しません',
      },
    },
    policy: {
      summary: '呼び出し元用の最小特権の IAM ポリシー、またはメンバーアカウント用のガードレール SCP を出力します',
      examples: {
        looks: '読み取りのみを行うロール用',
        removes: 'この組織でのみ削除を行うロール用',
        trust: '',
        guardrail: 'ルートユーザーを拒否し、ルートセッションは許可します',
      },
      partition: 'ARN のパーティション',
      iam: {
        summary: '呼び出し元に必要なアクセス許可をコマンドごとに出力します',
        flags: {
          for: (commands) =>
            `対象とするコマンドのみをカンマ区切りで指定します: ${commands.join('、')} (デフォルト: すべて)`,
          accounts: 'ルートセッションをこれらのアカウントに限定します: ID、@FILE、または -。複数回指定できます',
          org: 'ルートセッションをこの組織のメンバーに限定します',
          oidc: '代わりに CI 用ロールの信頼ポリシーを出力します',
          repo: '--oidc 用: ロールを引き受けるワークフローのリポジトリ',
          branch: '--oidc 用: このブランチに限定します',
          environment: '--oidc 用: この環境に限定します',
          'account-id': '--oidc 用: ロールのアカウント',
        },
      },
      scp: { summary: 'ルートユーザーの操作をすべて拒否し、ルートセッションは許可する SCP を出力します' },
    },
    report: {
      summary: 'CIS、Security Hub、AWS Config のコントロールに照らしてルートユーザーを評価します',
      examples: {
        live: 'すべてのメンバーアカウントを読み取り、監査人向けのページを作成します',
        period: '保存した読み取り結果から、期間中の変化を示します',
        run: '削除の前後と、その証跡',
        framework: '1 つのフレームワークのコントロール。評価ごとに 1 行',
      },
      flags: {
        from: '保存した status -o json を使用します。AWS には接続しません。複数指定すると期間が対象になります',
        run: 'この実行で検出および削除した内容を使用します。AWS には接続しません',
        framework: (names) => `これらのフレームワークのみ: ${names.join('、')}。複数回指定できます`,
      },
    },
    runs: {
      summary: '実行の記録を表示し、中断した実行を再開します',
      examples: {
        list: 'このマシンでの実行を一覧表示します',
        show: '1 つの実行とその証跡',
        resume: '計画の残りを実行します',
      },
      show: {
        summary: '1 つの実行: アカウント、CloudTrail のクエリ',
        flags: { events: '概要だけでなく、すべてのアカウントとイベント' },
      },
      resume: { summary: '中断した実行の計画の残りを実行します' },
    },
    disable: {
      summary: 'ルートアクセスの一元管理を無効にします',
      examples: {
        both: '確認のうえ、両方の機能を無効にします',
        delegated: 'その委任管理者の登録のみを解除します',
        trusted: '両方の機能に続けて、信頼されたアクセスも無効にします',
      },
      flags: {
        only: 'この機能のみ',
        'delegated-admin': 'この委任管理者の登録を解除します',
        'trusted-access': 'IAM の信頼されたアクセスも無効にします',
        'dry-run': '変更内容を表示するだけで、何も変更しません',
      },
    },
    explain: {
      summary: 'エラーコードの意味、対応者、対処方法を示します',
      examples: { all: 'すべてのコード', one: 'エラーや JSON に示されたコードの 1 つ' },
      code: 'エラーコード。省略時はすべてのコードを一覧表示します',
    },
    completion: {
      summary: 'シェルの補完スクリプトを出力します。アカウントや OU も補完できます',
      examples: {
        bash: '現在のシェルで有効になります。~/.bashrc に書けば常に有効です',
        zsh: 'zsh も同様です。~/.zshrc では compinit の後に書きます',
        fish: '',
        powershell: 'PowerShell も同様です。$PROFILE に書けば常に有効です',
      },
      shell: 'シェル',
    },
    config: {
      summary: '有効な設定とその指定元を表示します',
      examples: { show: '有効な設定', program: 'すべての設定 (スクリプト用)', schema: 'エディター用' },
      show: { summary: '有効な設定と、それを指定したオプション、環境変数、または行を表示します' },
      schema: { summary: '.rootctl.yaml の JSON Schema を出力します' },
    },
    sandbox: {
      summary: '練習用のシミュレートした組織',
      examples: {
        start: 'AWS CLI や SDK から使用できるようにします',
        reset: '新しい組織を作成します',
        show: '実際の内容を表示します',
        use: 'または、任意のコマンドで使用します',
      },
      start: {
        summary: '中断されるまで、ループバックアドレスの HTTP で提供します',
        flags: {
          port: 'ポート。0 を指定すると空いているポートを使用します',
          scenario: '保存済みの組織の代わりに、このシナリオファイルから開始します',
        },
      },
      reset: {
        summary: '新しい組織を作成します',
        flags: {
          accounts: 'メンバーアカウントの数。省略時はデフォルトの組織',
          seed: '同じシードからは同じ組織が作成されます',
          scenario: 'このシナリオファイルを使用します',
        },
      },
      show: { summary: 'シミュレートした組織の実際の内容を表示します' },
    },
  },
};
