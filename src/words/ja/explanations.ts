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
    rootctl: 'rootctl の開発者: 不具合として報告してください',
  },
  exits: {
    usage: '64: 何も実行していません',
    failed: '1',
    interrupted: '130。SIGTERM と SIGHUP の場合は 143、--timeout の場合は 1',
    none: '1 (他のエラーがある場合はそれに従います): 1 つのアカウントや確認項目に関するもので、コマンドは続行します',
  },
  more: (command) => `コードごとの詳細: ${command}`,
  codes: {
    Interrupted: of(
      '結果が得られる前にコマンドが停止されました',
      'Ctrl-C、シグナル、または --timeout によるものです',
      '再実行してください。削除を開始していた場合は再開できます: rootctl runs resume ID',
    ),
    SandboxServed: of(
      '保存済みのシミュレートした組織は、サーバーが使用中です',
      'rootctl sandbox start が実行中です。2 つのプロセスは互いの変更を上書きしてしまいます',
      '--endpoint-url でアクセスするか、サーバーを停止してください',
    ),
    InvalidScenario: of(
      'サンドボックスのシナリオを使用できません',
      'JSON ではないか、docs/sandbox.md の形式に従っていません',
      'メッセージが示す箇所を修正してください',
    ),
    UnknownCode: of(
      'rootctl explain が対応していないコードです',
      '入力誤りか、AWS のコードで rootctl に補足説明がないものです',
      'すべてのコードを一覧表示してください: rootctl explain',
    ),
    PortInUse: of(
      'サンドボックスがポートで待ち受けられません',
      '別のプログラムが使用しているか、権限が不足しています',
      '--port で別のポートを指定してください。0 を指定すると空いているポートを使用します',
    ),
    Usage: of(
      'コマンドラインを解釈できません',
      'コマンドやオプションの入力誤り、値の不足、または範囲外の値です',
      'コマンドの --help を参照してください',
    ),
    InvalidValue: of('値が正しくありません', '範囲外か、書き方が異なります', 'メッセージが示す値を指定してください'),
    InvalidConfig: of(
      '設定ファイルに誤りがあります',
      'YAML ではないか、存在しないキー、または許可されていない値があります',
      'メッセージが示す行を修正してください',
    ),
    ContradictingFlags: of(
      '同時に指定できないオプションがあります',
      '指定の内容が互いに矛盾しています',
      'いずれか 1 つを外してください',
    ),
    UnknownFormat: of(
      'その出力形式はありません',
      '--output、または設定の output: の入力誤りです',
      'ヒントに示されたものから選択してください',
    ),
    FormatNotOffered: of(
      'このコマンドはその形式で出力できません',
      '結果をその形式では表現できません',
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
      '結果の形式が 1 つだけです',
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
      '--query か、もう一方の形式の指定を外してください',
    ),
    QueryFailed: of(
      '--query の式をドキュメントに適用できません',
      '関数に渡せない値が渡されました (数値に対する length() など)',
      '-o json でドキュメント全体を確認し、式を修正してください。コマンドの処理は完了しています',
    ),
    UnusableOutput: of(
      '--out または --plan-out のファイルに書き込めません。何も実行していません',
      'フォルダがない、権限がない、または同じ名前のリンク、フォルダ、デバイスがあります',
      'フォルダを作成するか、別のファイルを指定してください',
    ),
    PlanNotWritten: of(
      '計画をファイルに書き込めませんでした。何も削除していません',
      '空き容量が不足しているか、実行中にアクセス権が変更されました',
      '空き容量を確保するか、別のファイルを指定して、もう一度実行してください',
    ),
    OutputNotWritten: of(
      'コマンドは実行されましたが、結果をファイルに書き込めませんでした',
      '空き容量が不足しているか、途中でアクセス権が変更されました',
      '他の出力または rootctl runs で結果を確認してください',
    ),
    InvalidDocument: of(
      'テキストが、想定された種類のドキュメントではありません',
      'JSON ではない、別の種類である、編集または切り詰められている、別のバージョンのものである、のいずれかです',
      'ドキュメントを出力したコマンドで、もう一度作成してください',
    ),
    InvalidBaseline: of(
      '--baseline のファイルがステータスのドキュメントではありません',
      'rootctl status -o json の出力ではないか、編集または切り詰められています',
      '次のコマンドで作成してください: rootctl status -o json > FILE',
    ),
    LaterBaseline: of(
      '--baseline のファイルが、比較する読み取りより後に作成されています',
      '2 つのファイルを取り違えたか、日時が編集されています。このまま比較すると、新しく現れたものが削除されたように見えます',
      '前の読み取り結果を --baseline に指定してください',
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
      '確認が必要ですが、確認を求めることができません',
      '端末で実行されていません',
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
    InvalidJoinedSince: of(
      '--joined-since の値が期間でも日付でもありません',
      '単位やタイムゾーンがないか、暦に存在しない日付です',
      '30d、2026-01-15、2026-01-15T09:30:00Z のように指定してください',
    ),
    ContradictingSelection: of(
      '--all と他の選択が同時に指定されています',
      '--all はすでにすべてのアカウントを対象とします',
      'いずれかを外してください。除外するには --exclude を使用してください',
    ),
    InvalidAccountId: of(
      '値がアカウント ID ではありません',
      'ID は 12 桁です。表計算ソフトでは先頭のゼロが失われることがあります',
      '12 桁すべてを指定してください',
    ),
    EmptySelection: of(
      '対象のアカウントが指定されていません',
      'delete では、すべてのアカウントが自動的に対象になることはありません',
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
      'アカウントを一覧表示してください: rootctl status',
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
      '名前の入力誤りです。このままでは、意図したアカウントが保護されません',
      '修正するか、削除してください',
    ),
    UnknownPlace: of(
      'アカウントが属する OU が不明です',
      'AWS Organizations の応答からどの OU に属するかが分からず、除外または --ou に該当するかを判断できません',
      'organizations:ListRoots と organizations:ListChildren を許可するか、アカウントを ID で指定してください',
    ),
    UnknownJoinTime: of(
      '一部のアカウントが組織に参加した日時を AWS から得られません',
      'エミュレーターなど、応答に JoinedTimestamp がない場合です。AWS は常に返します',
      '対象とする場合は、アカウントを ID で指定してください',
    ),
    ManagementAccount: of(
      '管理アカウントが指定されました',
      'AWS がルートセッションを開始するのはメンバーアカウントのみのため、rootctl では変更できません',
      'ルートユーザーは AWS マネジメントコンソールで管理してください',
    ),
    AccountNotActive: of(
      '指定されたアカウントはアクティブではありません',
      '停止されているか、閉鎖中か、まだアクティベートされていません',
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
      '意図した操作であれば、アカウントを protect: から外してください',
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
      'アドレスが正しくないか、ファイルに証明書が含まれていません',
      '修正するか、設定を解除してください',
    ),
    NoMfaCode: of(
      'プロファイルの MFA コードが入力されませんでした',
      'プロファイルのロールが MFA を要求しています',
      '6 桁のコードを入力してください',
    ),
    MalformedResponse: of(
      'AWS の応答に、必ず含まれるはずの情報がありません',
      'プロキシ、サインインページ、またはエミュレーターが AWS の代わりに応答している可能性があります',
      '--endpoint-url とネットワークを確認してください',
    ),
    UnsupportedPartition: of(
      'このパーティションには対応していません',
      'ルートアクセスの一元管理の仕組みが異なります',
      'パーティション aws の組織を使用してください',
    ),
    AWSOrganizationsNotInUseException: of(
      'この認証情報のアカウントは組織に属していません',
      '別の認証情報を使用しているか、組織がまだありません',
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
      '有効にされていないか、後で無効にされました',
      '有効にしてください: rootctl enable',
    ),
    RootCredentialsManagementNotEnabled: of(
      'ルート認証情報の管理が無効です',
      '有効にされていないか、後で無効にされました',
      '有効にしてください: rootctl enable',
    ),
    RootSessionsNotEnabled: of(
      'ルートセッションが無効です',
      '有効にされていないか、後で無効にされました',
      '有効にしてください: rootctl enable',
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
      '計画に含まれるアクセスキーが、過去 1 日以内に使用されています',
      'このキーを使用しているものがあります',
      '計画に表示されるサービスとリージョンから使用元を特定し、先に IAM ロールに移行してください',
    ),
    'password-without-mfa': of(
      'ルートユーザーのパスワードに MFA がありません',
      'MFA が設定されていません',
      'パスワードを削除してください: rootctl delete ACCOUNT',
    ),
    'mfa-only': of(
      'MFA デバイスのみが残っています',
      'パスワードは削除済みか、設定されていません',
      'MFA デバイスだけではサインインできません。削除してかまいません',
    ),
    UnknownKind: of(
      '--only に、存在しない認証情報の種類が指定されました',
      '入力誤りです',
      'ヒントに示されたものを使用してください',
    ),
    PlanRefused: of(
      '計画が拒否されました。何も削除していません',
      '古い、編集された、空、別の組織用、またはサンドボックスで作成された計画です',
      '新しい計画を作成してください: rootctl delete --all --plan-out FILE',
    ),
    PlanTooLarge: of(
      '計画のアカウント数が上限を超えています',
      '--max-accounts の値を超えています',
      '選択を絞るか、--max-accounts を増やしてください',
    ),
    UnknownTime: of(
      'AWS の時刻が不明です',
      '応答に有効な Date ヘッダーがありません。選択や削除の対象の判断には経過時間が必要です',
      '--endpoint-url とプロキシを確認してください',
    ),
    OtherOrganization: of(
      '認証情報が別の組織のものです',
      '--org、ベースライン、または再開する実行が、別の組織のものです',
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
      '新しいポリシーでも全員がロックアウトされます',
      '全員に適用される Deny ステートメントがあります',
      'ステートメントを修正して、コマンドを再実行してください',
    ),
    PolicyChanged: of(
      'ポリシーが、表示したものから変わっています',
      'コマンドが変更する前に別の変更が行われました。現在のポリシーは表示も保存もされていません',
      'ヒントのコマンドで現在のポリシーを確認してから、コマンドを再実行してください',
    ),
    PolicyStillSeen: of(
      'AWS が以前のポリシーをまだ返しています',
      '変更がすべてのサーバーに反映されるまで時間がかかります',
      '1 分後に再度確認してください',
    ),
    PolicyInDoubt: of(
      'ポリシーが変更されたかどうかが不明です',
      'AWS に変更をリクエストしましたが、応答を受け取れなかったか、その後にポリシーを読み取れませんでした',
      'ヒントのコマンドでポリシーをもう一度確認してください',
    ),
    UnknownCommand: of(
      '--for に、アクセス許可を必要としないコマンドが指定されました',
      '入力誤りです',
      'ヒントに示されたものを使用してください',
    ),
    InvalidOrganizationId: of(
      '値が組織 ID ではありません',
      '入力誤りです',
      'o-exampleorgid のような形式で指定してください',
    ),
    MissingRepository: of(
      '--oidc github にはリポジトリが必要です',
      '指定しないと、すべてのリポジトリがロールを引き受けられるようになります',
      '--repo owner/name を追加してください',
    ),
    InvalidTrust: of(
      '信頼ポリシーを作成できません',
      'リポジトリ、ブランチ、または環境の指定が正しくありません',
      'rootctl policy iam --help を参照してください',
    ),
    NotRead: of(
      '読み取れないものがあるため、何も削除しません',
      'いずれかの種類の認証情報について、AWS から応答がありませんでした',
      '再実行してください',
    ),
    PasswordWithoutMFA: of(
      'パスワードが MFA なしで残ります',
      '--only の指定では MFA デバイスのみが削除され、パスワードが残ります',
      '--only に login-profile を追加するか、mfa-devices を外してください',
    ),
    ChangedSincePlan: of(
      '計画の作成後に変更がありました',
      '認証情報が作成、削除、または変更されました',
      'アカウントを確認してから、新しい計画を作成してください',
    ),
    StillSeen: of(
      'AWS は削除を受け付けましたが、認証情報をまだ返しています',
      '変更がすべてのサーバーに反映されるまで時間がかかります',
      '再度確認してください: rootctl status ACCOUNT',
    ),
    Unanswered: of(
      '削除をリクエストしましたが、結果が不明です',
      'AWS が応答する前、またはアカウントを再度読み取る前に実行が終了しました',
      '再開すると再度確認されます: rootctl runs resume ID',
    ),
    AccountNotInOrganization: of(
      'アカウントが組織から離脱しています',
      '離脱元の組織からはルートセッションを開始できません',
      '残っている可能性のあるルートユーザー認証情報を、所有者に伝えてください',
    ),
    TooManyFailures: of(
      '失敗したアカウントが多いため、残りを開始しませんでした',
      '多くの場合、ポリシーや無効な機能などの共通の原因があります',
      '原因を解消してから再開してください: rootctl runs resume ID',
    ),
    WrongAccountSession: of(
      'ルートセッションが別のアカウントのものだったため、実行を停止しました',
      '認証情報が取り違えられています',
      'ジャーナルを添えて報告してください。原因が分かるまで rootctl を実行しないでください',
    ),
    NotTried: of(
      'アカウントの処理は開始されませんでした',
      'その前に実行が停止されました',
      '再開するか (rootctl runs resume ID)、再実行してください',
    ),
    InternalError: of(
      'rootctl の不具合です',
      '想定していない状況が発生しました',
      '--debug を付けて再実行し、報告してください',
    ),
    StateFolderUnwritable: of(
      '状態フォルダにアクセスできません',
      '権限か空き容量が不足しているか、ディスクが読み取り専用です',
      'XDG_STATE_HOME に、自分が所有するフォルダを設定してください',
    ),
    StateFolderInsecure: of(
      '状態フォルダに別のユーザーが書き込めます',
      'そのユーザーがジャーナルを変更できてしまいます',
      'XDG_STATE_HOME に、自分が所有するフォルダを設定してください',
    ),
    JournalUnwritable: of(
      'ジャーナルに書き込めません',
      '空き容量が不足しているか、ファイルが削除されました',
      '空き容量を確保してください。記録できない削除は実行しません',
    ),
    RunInProgress: of(
      '別の実行がこの組織を処理中です',
      '同時に実行すると互いに干渉します',
      '終了を待つか、終了させてください',
    ),
    JournalFlaw: of(
      'ジャーナルが破損しています',
      '途中で切れているか、編集されています',
      '箇所を確認してください: rootctl runs show ID',
    ),
    UnusableFile: of(
      'ファイルを使用できません',
      'その場所に、リンク、フォルダ、または他のユーザーのファイルがあります',
      '確認して、別の場所に移動してください',
    ),
    NoJournal: of(
      '実行のジャーナルではないファイルです',
      '実行のフォルダに別のファイルがあります',
      'ファイルを確認して、別の場所に移動してください',
    ),
    UnreadableJournal: of(
      '実行のジャーナルを読み取れません',
      '権限が不足しているか、ジャーナルではありません',
      '実行を一覧表示してください: rootctl runs',
    ),
    UnknownRun: of(
      'その実行はこのマシンにありません',
      'ID の入力誤りか、別のマシンでの実行です',
      '実行を一覧表示してください: rootctl runs',
    ),
    JournalDamaged: of(
      'ジャーナルが破損しているため、再開できません',
      '途中で切れているか、編集されています',
      '新しい計画を作成し、ジャーナルは証跡として保管してください',
    ),
    NothingToResume: of(
      'この実行に再開するものはありません',
      '終了しているか、delete の実行ではありません',
      'rootctl runs show ID を参照してください',
    ),
    JournalOfEarlierVersion: of(
      '以前のバージョンの rootctl のジャーナルです',
      '再開に必要な情報がありません',
      '新しい計画を作成してください',
    ),
  },
  aws: {
    OrganizationNotFoundException: ofAws(
      'アカウントが組織に属していません',
      '別の認証情報を使用している可能性があります',
    ),
    RegionDisabledException: ofAws('このリージョンでは STS が無効です', 'アカウントで有効にされていません'),
    InvalidAction: ofAws(
      'エンドポイントがこの呼び出しに対応していません',
      'エミュレーターか、別のサービスのエンドポイントです',
    ),
    ConcurrentModificationException: ofAws(
      '別の変更が組織に対して進行中です',
      'AWS は同時に 1 つの変更のみを受け付けます',
    ),
    AccountAlreadyClosedException: ofAws('アカウントは閉鎖されています', '処理中に閉鎖されました'),
    PolicyTypeNotEnabledException: ofAws('サービスコントロールポリシーが無効です', '組織で使用されていません'),
    EntityTemporarilyUnmodifiable: ofAws('認証情報は変更中です', '直前の変更が完了していません'),
    EntityAlreadyExists: ofAws(
      'パスワードが存在するか、復旧がすでに許可されています',
      '先に設定または許可されています',
    ),
    DeleteConflict: ofAws('認証情報が AWS で使用中です', 'まだ関連付けられているものがあります'),
    LimitExceeded: ofAws('クォータに達しました', 'AWS が作成できる数を制限しています'),
    ExpiredToken: ofAws('認証情報の有効期限が切れています', '有効期間は数時間です'),
    ExpiredTokenException: ofAws('認証情報の有効期限が切れています', '有効期間は数時間です'),
    RequestExpired: ofAws('AWS がリクエストを古すぎると判断しました', 'このマシンの時計がずれています'),
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
    TokenProviderError: ofAws('SSO セッションの有効期限が切れています', '有効期間は数時間です'),
  },
};
