import type { AwsWords } from '../problem-words.ts';

const giveCredentials =
  '認証情報を指定してください: aws configure、aws sso login、AWS_PROFILE または --profile (AWS なしで試す場合: --sandbox)';

export const aws: AwsWords = {
  message: {
    unreachable: ({ operation, message }) => `${operation}: AWS に接続できませんでした: ${message}`,
    aborted: ({ operation }) => `${operation}: 実行が停止されたためキャンセルしました`,
    throttled: ({ operation, message }) => `${operation}: AWS によるスロットリングが続きました: ${message}`,
    other: ({ operation, message }) => `${operation}: ${message}`,
  },
  said: {
    profile: ({ profile, first }, inner) =>
      first === null
        ? `プロファイル ${profile}: ${inner}`
        : `プロファイル ${profile} (起点はプロファイル ${first}): ${inner}`,
    proxy: ({ host, variable }, inner) => `プロキシ ${host} (${variable}): ${inner}`,
    'not-aws': ({ host, status }, inner) => `${host} の応答は AWS のものではありません (HTTP ${status}、${inner})`,
    'not-whole': (_, inner) => `応答が不完全です: ${inner}`,
    'process-said': (_, inner) => `credential_process が失敗しました。出力: ${inner}`,
    system: (_, inner) => inner,
    silent: ({ host, seconds }) => `${host}: ${seconds} 秒以内に応答がありませんでした`,
    'past-deadline': ({ host, seconds }) => `${host}: ${seconds} 秒以内に応答が完了しませんでした`,
    closed: ({ host }) => `${host}: 接続が切断されました`,
    'proxy-wants-user': () => 'ユーザー名とパスワードが必要です (HTTP 407)',
    'proxy-refused': ({ status }) => `接続が拒否されました (HTTP ${status})`,
    redirect: () => 'リダイレクト (追跡しません)',
    'empty-body': () => '空の本文',
    'content-type': ({ type }) => type ?? 'Content-Type なし',
    'body-too-long': ({ mebibytes }) => `${mebibytes} MiB を超える本文`,
    unparsable: () => '応答を読み取れません',
    'no-json': () => 'JSON オブジェクトではありません',
    'not-empty': () => '本文がないはずの応答に本文があります',
    missing: ({ field }) => `${field} がありません`,
    malformed: ({ field }) => `${field} の形式が AWS のものではありません`,
    'no-whole-number': ({ field }) => `${field} が整数ではありません`,
    'no-time': ({ field }) => `${field} が日時ではありません`,
    'no-list': ({ field }) => `${field} がリストではありません`,
    'none-of': ({ field, words }) => `${field} が ${words.join('、')} のいずれでもありません`,
    'neither-true-nor-false': ({ field }) => `${field} が true でも false でもありません`,
    twice: ({ field }) => `${field} が 2 回含まれています`,
    'missing-of-cut-list': ({ field }) => `リストに続きがあるのに ${field} がありません`,
    'missing-of-used-key': ({ field }) => `サービスまたはリージョンが示されているのに ${field} がありません`,
    'same-token-twice': () => 'AWS が同じページトークンを 2 回返しました',
    'endless-list': ({ pages, empty }) =>
      `AWS のリストが終わりません: ${pages} ページのうち、最後の ${empty} ページは空です`,
    'account-twice': ({ account }) =>
      `${account} が異なる内容で 2 回含まれています。一覧の取得中に変更または移動されました`,
    'no-management-account': () =>
      'アカウントの一覧に管理アカウントが含まれていないため、他のアカウントも欠けている可能性があります',
    'unit-in-itself': ({ unit }) => `${unit} が自身を含んでいるか、2 か所にあります`,
    'about-another': ({ found, asked }) => `${asked} ではなく ${found} についての応答です`,
    contradiction: ({ kind }) => `AWS の応答が矛盾しています: 概要には ${kind} がありますが、一覧にはありません`,
    'no-credentials': () => '認証情報が見つかりませんでした',
    'no-terminal-for-code': ({ profile, device }) =>
      `プロファイル ${profile} には MFA デバイス ${device} のコードが必要ですが、入力を求める端末がありません`,
    'process-silent': () => 'credential_process が何も出力せずに失敗しました',
  },
  advice: {
    'turn-on': (_, { cure }) => `信頼されたアクセスと機能を有効にしてください: ${cure}`,
    'use-management-or-delegated': () =>
      '管理アカウント、または iam.amazonaws.com の委任管理者の認証情報を使用してください',
    'use-management': () => '管理アカウントの認証情報を使用してください',
    'use-organization-member': () => '組織に属するアカウントの認証情報を使用してください',
    'enable-all-features': (_, { cure }) => `すべての機能を有効にしてください: ${cure}`,
    'choose-region': () => '呼び出し元アカウントで有効なリージョンを選択してください: --region us-east-1',
    'check-endpoint-knows-call': () =>
      'エンドポイントがこの呼び出しに対応していません。--endpoint-url を確認するか、エミュレーターを更新してください',
    'wait-for-other-change': () => '別の変更が組織に対して進行中です。コマンドを再実行してください',
    'account-closed': () => 'このアカウントは閉鎖されています。--exclude で除外してください',
    'scps-off': () => 'この組織ではサービスコントロールポリシーが無効です。確認するものはありません',
    'wait-for-credential-change': () => 'AWS がこの認証情報を変更中です。1 分後にコマンドを再実行してください',
    'recovery-already-allowed': () => 'パスワードが存在するか、パスワードの復旧がすでに許可されています',
    'detach-credential': () => 'この認証情報は AWS で使用中です。関連付けを解除してから再実行してください',
    'quota-reached': () => 'アカウントが IAM のクォータに達しています。Service Quotas コンソールを確認してください',
    'sign-in-again': (_, { cure }) =>
      `認証情報の有効期限が切れています。再度サインインしてください (SSO の場合: ${cure})`,
    'set-clock': () => 'このマシンの時計がずれています。時刻を合わせてから、コマンドを再実行してください',
    'check-credentials': () =>
      'AWS がこの認証情報を認識しません。AWS_PROFILE、AWS_ACCESS_KEY_ID、--profile を確認してください',
    'check-secret': () =>
      'シークレットアクセスキーがアクセスキー ID と一致しないか、--endpoint-url または --region が正しくありません',
    'give-credentials': () => giveCredentials,
    'give-credentials-anywhere': ({ profile, isNamed, isThere, isInstanceOff }) => {
      const places = [
        ...(isNamed ? [] : ['AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY']),
        `プロファイル ${profile} (${isThere ? '認証情報の設定なし' : '存在しません'})`,
        'AWS_WEB_IDENTITY_TOKEN_FILE',
        'コンテナの認証情報',
        ...(isInstanceOff ? [] : ['EC2 インスタンスメタデータ']),
      ];
      const left = isInstanceOff ? '。EC2 インスタンスメタデータは無効です (AWS_EC2_METADATA_DISABLED)' : '';
      return `${giveCredentials}。確認した場所: ${places.join('、')}${left}`;
    },
    'sign-in-to-sso': (_, { cure }) => `再度サインインしてください: ${cure}`,
    'sign-in-with-login': (_, { cure }) => `再度サインインしてください: ${cure}`,
    'check-profile': (_, { cure }) => `設定を確認してください: ${cure}`,
    'check-role': (_, { cure }) => `role_arn とその信頼ポリシーを確認してください: ${cure}`,
    'check-web-identity': () =>
      'AWS_ROLE_ARN の信頼ポリシーと AWS_WEB_IDENTITY_TOKEN_FILE のトークンを確認してください',
    'check-container': () => 'コンテナにロールがありません。タスクまたは Pod の設定を確認してください',
    'run-process': ({ profile }) =>
      `プロファイル ${profile} の credential_process を単独で実行し、原因を確認してください`,
    'hand-over-session': (_, { cure }) => `rootctl を端末で実行するか、セッションの認証情報を渡してください: ${cure}`,
    'not-aws-answering': () =>
      'プロキシやサインインページなど、AWS 以外のものが応答している可能性があります。--endpoint-url とネットワークを確認してください',
    'ask-proxy': () =>
      'プロキシの管理者に問い合わせるか、ユーザー名を指定するか (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT)、NO_PROXY でプロキシを経由しないようにしてください',
    'wait-for-consistency': (_, { cure }) =>
      `変更が AWS のすべてのサーバーに反映されるまで少し時間がかかります。もう一度実行してください: ${cure}`,
    'trust-certificate': () =>
      '証明書が信頼されていません。TLS を検査するプロキシを使用している場合は、会社の CA を AWS_CA_BUNDLE=FILE で指定してください',
    'allow-session': ({ task }, { cure, rootctl }) => {
      const wait = `${rootctl('enable')} の直後であれば、1 分待ってください`;
      return task === null
        ? `このアカウントとタスクポリシーに対する sts:AssumeRoot を許可し (${cure})、${rootctl('doctor')} で確認してください。${wait}`
        : `このアカウントに対し、タスクポリシー ${task} での sts:AssumeRoot を許可してください: ${cure} のステートメント AssumeRoot${task}。${rootctl('doctor')} も確認してください。${wait}`;
    },
    'root-denied-by-scp': (_, { cure }) =>
      `サービスコントロールポリシーが、ルートセッションを除外せずにルートユーザーを拒否している可能性があります: ${cure}`,
    'allow-at-home': ({ action }, { cure }) => `管理アカウントまたは委任管理者で ${action} を許可してください: ${cure}`,
    'allow-switching': ({ action }, { cure }) => `管理アカウントで ${action} を許可してください: ${cure}`,
    'check-network': () => 'ネットワーク、HTTPS_PROXY、--region、--endpoint-url を確認してください',
    'slow-down': () => '--concurrency または --rate を下げて、再実行してください',
    'run-again': () => 'AWS で内部エラーが発生しました。コマンドを再実行してください',
    'deregister-first': (_, { cure }) => `先に委任管理者の登録を解除してください: ${cure}`,
    'use-regional-endpoint': () =>
      'このエンドポイントは AssumeRoot に対応していません。リージョンの STS エンドポイントが必要です。--region と --endpoint-url を確認してください',
  },
};
