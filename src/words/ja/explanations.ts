import type { ExplanationWords } from '../explaining.ts';

const of = (means: string, cause: string, cure: string) => ({ means, cause, cure });
const ofAws = (means: string, cause: string) => ({ means, cause });

export const explanations: ExplanationWords = {
  heading: { code: 'コード', means: '意味' },
  labels: { cause: '原因', cure: '対処', move: '対応者', exit: '終了コード' },
  moves: {
    caller: '実行者: コマンドライン、ファイル、認証情報、またはこのマシン',
    administrator: '組織の管理者: ポリシーまたは機能の設定',
    owner: 'メンバーアカウントの所有者',
    aws: 'AWS: 待つか、再実行してください',
    rootctl: 'rootctl: 不具合として報告してください',
  },
  exits: {
    usage: '64: 何も実行していません',
    failed: '1',
    interrupted: '130。SIGTERM と SIGHUP の場合は 143、--timeout の場合は 1',
    none: '通常は 1: アカウントや確認項目ごとに示され、コマンドは続行します',
  },
  more: (command) => `コードごとの詳細: ${command}`,
  codes: {
    Interrupted: of(
      '結果が得られる前にコマンドが停止されました',
      'Ctrl-C、シグナル、または --timeout によるものです',
      '再実行してください。削除を開始していた場合は rootctl runs resume で再開できます',
    ),
    SandboxServed: of(
      '保存済みのシミュレートした組織は提供中です',
      'rootctl sandbox start が実行中です。2 つのプロセスは互いの変更を上書きしてしまいます',
      '--endpoint-url でアクセスするか、サーバーを停止してください',
    ),
    InvalidScenario: of(
      'サンドボックスのシナリオを使用できません',
      'JSON ではないか、docs/sandbox.md の形式に従っていません',
      'メッセージが示す箇所を修正してください',
    ),
    UnknownCode: of(
      'rootctl explain にないコードです',
      '入力誤りか、AWS のコードで rootctl に補足説明がないものです',
      '一覧を参照してください: rootctl explain',
    ),
    PortInUse: of(
      'サンドボックスがポートで待ち受けられません',
      '別のプログラムが使用しているか、権限が不足しています',
      '--port で別のポートを指定するか、0 を指定してください',
    ),
    Usage: of(
      'コマンドラインを解釈できません',
      'コマンドやオプションの入力誤り、値の不足、または範囲外の値です',
      'コマンドの --help を参照してください',
    ),
    InvalidValue: of('値が正しくありません', '範囲外か、書き方が異なります', 'メッセージが示す値を指定してください'),
    InvalidConfig: of(
      '設定ファイルに誤りがあります',
      'YAML ではないか、存在しないキーまたは値があります',
      'メッセージが示す行を修正してください',
    ),
    ContradictingFlags: of(
      '同時に指定できないオプションがあります',
      '互いに矛盾しています',
      'いずれか 1 つを外してください',
    ),
    UnknownFormat: of(
      'その出力形式はありません',
      '--output、または設定の output: の入力誤りです',
      'ヒントに示されたものから選択してください',
    ),
    FormatNotOffered: of(
      'このコマンドはその形式で出力できません',
      'その形式に対応していないドキュメントです',
      'ヒントに示されたものから選択してください',
    ),
    FormatNotTold: of(
      '--out のファイルの出力形式が分かりません',
      'FORMAT= の指定がなく、ファイル名の末尾からも判断できません',
      '--out FORMAT=FILE と指定してください',
    ),
    SameOutput: of(
      '2 つの結果の出力先が同じです',
      '複数の --out に同じファイル、または標準出力が指定されています',
      '出力先をそれぞれ別のファイルにしてください',
    ),
    OutNotOffered: of(
      'このコマンドでは --out を使用できません',
      '結果がドキュメントではなく、形式が 1 つだけです',
      '標準出力をファイルにリダイレクトしてください',
    ),
    InvalidQuery: of(
      '--query の式を解釈できません',
      'JMESPath として正しくないか、JMESPath にない関数が使用されています',
      '式を修正してください。シェルでは引用符で囲んでください',
    ),
    QueryNotOffered: of(
      '--query が JSON ではない形式と同時に指定されています',
      '--query はドキュメントの JSON に対して使用します。表、csv、markdown、SARIF には使用できません',
      '--query、またはもう一方の形式を削除してください',
    ),
    QueryFailed: of(
      '--query の式をドキュメントに適用できません',
      '関数に渡せない値が渡されました (数値に対する length() など)',
      '-o json でドキュメント全体を確認し、式を修正してください。コマンドの処理は完了しています',
    ),
    UnusableOutput: of(
      '--out のファイルに書き込めません。何も実行しないうちに検出されました',
      'フォルダがない、権限がない、または同じ名前のリンク、フォルダ、デバイスがあります',
      'フォルダを作成するか、別のファイルを指定してください',
    ),
    OutputNotWritten: of(
      'ほかの処理がすべて終わった後で、結果をファイルに書き込めませんでした',
      '空き容量の不足か、途中で権限が失われたことが考えられます',
      'ほかの出力を確認してください。コマンドの処理は完了しています',
    ),
    InvalidDocument: of(
      'テキストが、想定された種類のドキュメントではありません',
      'JSON ではない、別の種類である、編集または切り詰められている、別のバージョンのものである、のいずれかです',
      '作成したコマンドでもう一度出力してください',
    ),
    InvalidBaseline: of(
      '--baseline のファイルがステータスのドキュメントではありません',
      'rootctl status -o json の出力ではないか、編集または切り詰められています',
      '次のコマンドで作成してください: rootctl status -o json > FILE',
    ),
    InvalidReading: of(
      'report --from のファイルはステータスのドキュメントではありません',
      'rootctl status -o json の出力ではないか、編集または切り詰められています',
      '次のコマンドで作成してください: rootctl status -o json > FILE',
    ),
    NoReadings: of(
      'レポートの対象となる読み取り結果が指定されていません',
      'プログラムが読み取り結果なしで report を呼び出しました',
      'status のドキュメントを渡してください',
    ),
    SeveralOrganizations: of(
      'レポートの読み取り結果が異なる組織のものです',
      '期間のレポートは 1 つの組織を対象とします',
      '組織ごとにレポートを作成してください',
    ),
    ReadingTwice: of(
      'レポートに同じ日時の読み取り結果が 2 つ指定されました',
      '同じファイルが 2 回指定されたか、別の名前で存在します',
      '読み取り結果はそれぞれ 1 回だけ指定してください',
    ),
    NothingDeleted: of(
      'この実行のレポートは作成できません',
      'report --run は削除前後のアカウントの状態を示しますが、この実行は認証情報を削除していません',
      '実行内容を確認してください: rootctl runs show ID',
    ),
    IncompleteBaseline: of(
      '--baseline のファイルには一部のアカウントしか含まれていません',
      '読み取りが途中で終了しています。含まれていないものが新規とみなされるか、見落とされます',
      '最後まで完了した読み取りから作成してください: rootctl status -o json > FILE',
    ),
    UnreadableFile: of(
      '指定されたファイルを読み取れません',
      '存在しないか、読み取り権限がありません',
      'パスとアクセス権を確認してください',
    ),
    NotConfirmed: of(
      '確認の入力が一致しませんでした',
      '3 回とも一致しなかったか、入力が終了しました',
      '再実行して正確に入力するか、--yes を指定してください',
    ),
    NoConfirmation: of(
      '確認が必要ですが、確認する相手がいません',
      '端末がありません',
      '--yes を追加するか、先に --dry-run で確認してください',
    ),
    EmptyValue: of(
      'オプションの値が空です',
      '多くの場合、シェル変数が設定されていません',
      '値を指定するか、オプションを外してください',
    ),
    InvalidTag: of(
      '--tag にキーがありません',
      '= から始まっています',
      '--tag KEY または --tag KEY=VALUE と指定してください',
    ),
    ContradictingSelection: of(
      '--all と他の選択が同時に指定されています',
      '--all はすでにすべてのアカウントを対象とします',
      'いずれかを外してください。除外するには --exclude を使用してください',
    ),
    InvalidAccountId: of(
      'アカウント ID ではない値があります',
      'ID は 12 桁です。表計算ソフトでは先頭のゼロが失われることがあります',
      '12 桁すべてを指定してください',
    ),
    EmptySelection: of(
      '対象のアカウントが指定されていません',
      'delete は自動的にすべてを対象とすることはありません',
      '--all、ID、--accounts、--ou、--tag、--name のいずれかで指定してください',
    ),
    UnknownAccount: of(
      '指定されたアカウントは組織に属していません',
      'ID の入力誤りか、別の組織です',
      'ID と --profile を確認してください',
    ),
    NothingSelected: of(
      '対象となるアカウントがありません',
      '名前、タグ、または OU に一致するものがありません',
      'rootctl status で確認してください',
    ),
    UnknownOrganizationalUnit: of(
      'その組織単位 (OU) は存在しません',
      'ID やパスの入力誤りか、別の組織です',
      'ヒントに示されたものを使用してください',
    ),
    InvalidPath: of(
      'OU のパスに空の部分があります',
      'スラッシュが連続しています',
      'Workloads/Prod のように、ルートから順に名前を指定してください',
    ),
    AmbiguousPath: of(
      'パスが複数の OU に一致します',
      '同じ階層に、表記のみが異なる OU がある場合があります',
      'OU を ID で指定してください',
    ),
    UnmatchedExclusion: of(
      '除外または保護の指定に一致するものがありません',
      '名前の入力誤りです。このままでは何も保護されません',
      '修正するか、削除してください',
    ),
    UnknownPlace: of(
      'アカウントの所属先が不明です',
      'どの OU に属するかを Organizations から得られず、除外の判定ができません',
      'organizations:ListParents を許可するか、アカウントを指定してください',
    ),
    ManagementAccount: of(
      '管理アカウントが指定されました',
      'ルートセッションの対象外であり、rootctl が変更することはありません',
      '管理アカウントのルートユーザーは手動で管理してください',
    ),
    AccountNotActive: of(
      '指定されたアカウントはアクティブではありません',
      '停止、閉鎖、またはアクティベーション前です',
      '対象から外してください',
    ),
    AccountExcluded: of(
      '指定されたアカウントが除外されています',
      '--exclude が常に優先されます',
      'どちらか一方を外してください',
    ),
    AccountProtected: of(
      '指定されたアカウントは設定により保護されています',
      'protect: が常に優先されます',
      '意図したものであれば、protect: から外してください',
    ),
    UnknownProfile: of(
      'そのプロファイルは存在しません',
      '--profile または AWS_PROFILE の入力誤りです',
      'ヒントに示されたものを使用してください',
    ),
    InvalidEndpoint: of(
      'エンドポイントが http:// または https:// のアドレスではありません',
      '環境変数または共有設定の値です',
      '修正するか、設定を解除してください',
    ),
    InvalidNetworkSetting: of(
      'プロキシまたは証明書バンドルを使用できません',
      'アドレスの誤りか、証明書を含まないファイルです',
      '修正するか、設定を解除してください',
    ),
    NoMfaCode: of(
      'プロファイルの MFA コードが入力されませんでした',
      'プロファイルのロールが MFA を要求しています',
      '6 桁のコードを入力してください',
    ),
    MalformedResponse: of(
      '応答が AWS のものとして不完全です',
      'プロキシ、サインインページ、またはエミュレーターが代わりに応答しています',
      '--endpoint-url とネットワークを確認してください',
    ),
    UnsupportedPartition: of(
      'このパーティションには対応していません',
      'ルートアクセスの一元管理の仕組みが異なります',
      'パーティション aws の組織を使用してください',
    ),
    AWSOrganizationsNotInUseException: of(
      'この認証情報のアカウントは組織に属していません',
      '別の認証情報か、組織がまだありません',
      '管理アカウントの認証情報を使用してください',
    ),
    AccountNotManagementOrDelegatedAdministratorException: of(
      'この認証情報のアカウントでは実行できません',
      '通常のメンバーアカウントです',
      '管理アカウント、または iam.amazonaws.com の委任管理者を使用してください',
    ),
    OrganizationNotInAllFeaturesModeException: of(
      '組織では一括請求のみが有効です',
      'ルートアクセスの一元管理にはすべての機能が必要です',
      '管理アカウントからすべての機能を有効にしてください',
    ),
    ServiceAccessNotEnabledException: of(
      'IAM の信頼されたアクセスが無効です',
      'まだ有効にされていないか、無効にされました',
      'rootctl enable を実行してください',
    ),
    RootCredentialsManagementNotEnabled: of(
      'ルート認証情報の管理が無効です',
      'まだ有効にされていません',
      'rootctl enable を実行してください',
    ),
    RootSessionsNotEnabled: of(
      'ルートセッションが無効です',
      'まだ有効にされていません',
      'rootctl enable を実行してください',
    ),
    CallerIsNotManagementAccountException: of(
      '管理アカウントのみが実行できます',
      '別のアカウントの認証情報です',
      '管理アカウントの認証情報を使用してください',
    ),
    ConstraintViolationException: of(
      '他の設定と競合するため、AWS が変更を拒否しました',
      '多くの場合、委任管理者の登録が残っています',
      '先に登録を解除してください: rootctl disable --delegated-admin ACCOUNT',
    ),
    AccessDenied: of(
      'AWS が呼び出しを拒否しました',
      '呼び出し元のポリシーが許可していないか、サービスコントロールポリシーが拒否しています',
      'ヒントに示されたポリシーを確認するか、rootctl doctor と rootctl policy iam を参照してください',
    ),
    'key-in-use': of(
      '計画のアクセスキーが 1 日以内に使用されています',
      '何かがまだこのキーで署名しています',
      '表示されたサービスとリージョンから特定し、先に移行してください',
    ),
    'password-without-mfa': of(
      'ルートユーザーのパスワードに MFA がありません',
      'MFA が設定されていません',
      'パスワードを削除してください',
    ),
    'mfa-only': of(
      'MFA デバイスのみが残っています',
      'パスワードは削除済みか、設定されていません',
      'サインインはできません。MFA デバイスは削除できます',
    ),
    UnknownKind: of(
      '--only に、認証情報の種類以外が指定されました',
      '入力誤りです',
      'ヒントに示されたものを使用してください',
    ),
    PlanRefused: of(
      'この計画は実行できません',
      '古い、編集された、シミュレートされた、空、または別の組織の計画です',
      '新しい計画を作成してください: rootctl delete --all --plan-out FILE',
    ),
    UnwritableFile: of(
      'ファイルに書き込めません',
      '空き容量や権限の不足、またはリンクやフォルダです',
      'パスとアクセス権を確認してください',
    ),
    PlanTooLarge: of(
      '計画のアカウント数が上限を超えています',
      '--max-accounts の値を超えています',
      '選択を絞るか、--max-accounts を増やしてください',
    ),
    UnknownTime: of(
      'AWS の時刻が得られません',
      '応答に適切な Date がありません。削除対象の判定に経過時間が必要です',
      '--endpoint-url とプロキシを確認してください',
    ),
    OtherOrganization: of(
      '認証情報が別の組織のものです',
      '--org または再開する実行が、別の組織を示しています',
      '--profile、--org、--sandbox を確認してください',
    ),
    PolicyTooLarge: of(
      'ポリシーが AWS の上限を超えています',
      'ファイルのバイト数がサービスの上限を超えています',
      'ポリシーを短くしてください',
    ),
    PolicyNotUnderstood: of(
      'rootctl が解釈できるポリシーではありません',
      'JSON ではないか、ポリシーの文法に従っていません',
      'メッセージが示す箇所を修正してください',
    ),
    InvalidPolicy: of(
      'ファイルがポリシーではありません',
      'JSON ではないか、ポリシーの文法に従っていません',
      'メッセージが示す箇所を修正してください',
    ),
    OtherResource: of(
      'ポリシーが別のリソースを対象としています',
      'Resource が別のバケットまたはキューを示しています',
      'ヒントに示された ARN を使用してください',
    ),
    NoSuchBucket: of(
      'そのバケットは存在しません',
      '名前の入力誤りか、別のアカウントです',
      '一覧で確認してください: rootctl unlock s3 --account ACCOUNT',
    ),
    NoSuchQueue: of(
      'そのキューは存在しません',
      '名前の入力誤りか、別のリージョンです',
      '一覧で確認してください: rootctl unlock sqs --account ACCOUNT --region REGION',
    ),
    OtherAccount: of(
      'バケットまたはキューは別のアカウントのものです',
      '--account が所有者ではありません',
      '--account で所有者を指定してください',
    ),
    InvalidQueue: of(
      'キューの指定として正しくありません',
      '名前、ARN、URL のいずれでもありません',
      '名前、ARN、URL のいずれかを指定してください',
    ),
    NothingNamed: of(
      'ポリシーを変更する対象が指定されていません',
      '--bucket または --queue がありません',
      '対象を指定してください',
    ),
    NewPolicyLocks: of(
      '新しいポリシーも全員をロックアウトします',
      '例外のない Deny ステートメントがあります',
      'ステートメントを修正して、再度適用してください',
    ),
    PolicyStillSeen: of(
      '古いポリシーがまだ表示されています',
      'AWS での変更の反映には時間がかかります',
      '1 分後に再度確認してください',
    ),
    UnknownCommand: of(
      '--for に、権限を必要とするコマンド以外が指定されました',
      '入力誤りです',
      'ヒントに示されたものを使用してください',
    ),
    InvalidOrganizationId: of('組織 ID ではない値です', '入力誤りです', 'o-exampleorgid のような形式です'),
    MissingRepository: of(
      '--oidc github にはリポジトリが必要です',
      '指定しなければ、どのリポジトリからもロールを引き受けられてしまいます',
      '--repo owner/name を追加してください',
    ),
    InvalidTrust: of(
      '信頼ポリシーを作成できません',
      'リポジトリ、ブランチ、または環境の指定が正しくありません',
      'rootctl policy iam --help を参照してください',
    ),
    NotRead: of(
      '読み取れないものがあるため、何も削除しません',
      '認証情報の種類について、AWS から応答がありませんでした',
      '再実行してください',
    ),
    PasswordWithoutMFA: of(
      'MFA のないパスワードが残ることになります',
      '--only が一方のみを指定しています',
      '--only に login-profile を追加するか、mfa-devices を外してください',
    ),
    ChangedSincePlan: of(
      '計画の作成後に変更がありました',
      '認証情報が作成、削除、または変更されました',
      '確認してから、新しい計画を作成してください',
    ),
    StillSeen: of(
      '削除は受け付けられましたが、認証情報がまだ表示されています',
      'AWS での変更の反映には時間がかかります',
      '再度確認してください: rootctl status ACCOUNT',
    ),
    Unanswered: of(
      '削除を要求しましたが、結果が不明です',
      '応答の前に実行が終了しました',
      'rootctl runs resume ID で再度確認されます',
    ),
    AccountNotInOrganization: of(
      'アカウントが組織を離れています',
      'この組織からは操作できません',
      'ルートユーザー認証情報が削除されていないことを、所有者に伝えてください',
    ),
    TooManyFailures: of(
      '失敗したアカウントが多いため、以降を開始しません',
      '多くの場合、ポリシーや機能の設定など共通の原因があります',
      '原因を解消してから rootctl runs resume ID を実行してください',
    ),
    WrongAccountSession: of(
      'ルートセッションが別のアカウントとして応答しました',
      '認証情報が取り違えられています',
      'ジャーナルを添えて報告し、それまでは何も実行しないでください',
    ),
    NotTried: of(
      'このアカウントは開始されませんでした',
      'その前に実行が停止されました',
      'rootctl runs resume ID で再開するか、再実行してください',
    ),
    InternalError: of('rootctl の内部エラーです', '想定していない状況です', '--debug を付けて実行し、報告してください'),
    StateFolderUnwritable: of(
      '状態フォルダに書き込めません',
      '権限や空き容量の不足、または読み取り専用のディスクです',
      'XDG_STATE_HOME に自分のフォルダを設定してください',
    ),
    StateFolderInsecure: of(
      '状態フォルダの所有者が別のユーザーです',
      'その所有者はジャーナルを変更できてしまいます',
      'XDG_STATE_HOME に自分のフォルダを設定してください',
    ),
    JournalUnwritable: of(
      'ジャーナルに書き込めません',
      '空き容量の不足か、ファイルが取り除かれました',
      '空き容量を確保してください。記録できない削除は実行しません',
    ),
    RunInProgress: of(
      '別の実行がこの組織を処理中です',
      '同時に実行すると互いに干渉します',
      '終了を待つか、終了させてください',
    ),
    JournalFlaw: of(
      'ジャーナルに問題があります',
      '途中で切れているか、編集されています',
      'rootctl runs show ID で箇所を確認できます',
    ),
    UnusableFile: of(
      'ファイルを使用できません',
      'その場所に、リンク、フォルダ、または他のユーザーのファイルがあります',
      '確認して、取り除いてください',
    ),
    NoJournal: of(
      '実行のジャーナルではないファイルです',
      '実行のフォルダに別のものがあります',
      '確認して、取り除いてください',
    ),
    UnreadableJournal: of(
      '実行のジャーナルを読み取れません',
      '権限が不足しているか、ジャーナルではありません',
      'rootctl runs を参照してください',
    ),
    UnknownRun: of(
      'その実行はこのマシンにありません',
      'ID の入力誤りか、別のマシンです',
      'rootctl runs を参照してください',
    ),
    JournalDamaged: of(
      'ジャーナルが信頼できないため、再開できません',
      '途中で切れているか、編集されています',
      '新しい計画を作成し、ファイルは証跡として保管してください',
    ),
    NothingToResume: of(
      'この実行に残りはありません',
      '最後まで終了しています',
      'rootctl runs show ID を参照してください',
    ),
    JournalOfEarlierVersion: of(
      '以前のバージョンの rootctl のジャーナルです',
      '再開に必要な情報がありません',
      '新しい計画を作成してください',
    ),
  },
  aws: {
    OrganizationNotFoundException: ofAws('アカウントが組織に属していません', '別の認証情報です'),
    RegionDisabledException: ofAws('このリージョンでは STS が無効です', 'アカウントで有効にされていません'),
    InvalidAction: ofAws(
      '応答した相手はこの呼び出しを知りません',
      'エミュレーターか、別のサービスのエンドポイントです',
    ),
    ConcurrentModificationException: ofAws(
      '別の変更が組織に対して進行中です',
      'AWS は同時に 1 つの変更のみを受け付けます',
    ),
    AccountAlreadyClosedException: ofAws('アカウントは閉鎖されています', '処理中に閉鎖されました'),
    PolicyTypeNotEnabledException: ofAws('サービスコントロールポリシーが無効です', '組織で使用されていません'),
    EntityTemporarilyUnmodifiable: ofAws('認証情報は変更中です', '直前の変更が完了していません'),
    EntityAlreadyExists: ofAws('パスワードが存在するか、復旧がすでに許可されています', '別の操作が先に行われました'),
    DeleteConflict: ofAws('認証情報が AWS 内で使用されています', 'まだ関連付けられているものがあります'),
    LimitExceeded: ofAws('クォータに達しました', 'AWS が数を制限しています'),
    ExpiredToken: ofAws('認証情報の有効期限が切れています', '有効なのは数時間です'),
    ExpiredTokenException: ofAws('認証情報の有効期限が切れています', '有効なのは数時間です'),
    RequestExpired: ofAws('リクエストの時刻が古すぎます', 'このマシンの時計がずれています'),
    InvalidClientTokenId: ofAws('AWS がアクセスキーを認識しません', '削除されたか、別のパーティションのものです'),
    UnrecognizedClientException: ofAws(
      'AWS がアクセスキーを認識しません',
      '削除されたか、別のパーティションのものです',
    ),
    SignatureDoesNotMatch: ofAws(
      '署名が一致しません',
      'シークレットアクセスキー、リージョン、またはエンドポイントの誤りです',
    ),
    InvalidSignatureException: ofAws(
      '署名が一致しません',
      'シークレットアクセスキー、リージョン、またはエンドポイントの誤りです',
    ),
    CredentialsProviderError: ofAws('認証情報がありません', '標準の取得先のいずれにもありません'),
    ProxyRefused: ofAws('プロキシが接続を拒否しました', 'ユーザー認証が必要か、AWS への接続が許可されていません'),
    InconsistentAnswers: ofAws('AWS の 2 つの応答が矛盾しています', '変更がすべてのサーバーに反映されていません'),
    TokenProviderError: ofAws('SSO セッションが終了しました', '有効なのは数時間です'),
  },
};
