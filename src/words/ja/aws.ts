import type { AwsWords } from '../problem-words.ts';

export const aws: AwsWords = {
  message: {
    unreachable: ({ operation, message }) => `${operation}: AWS に接続できませんでした: ${message}`,
    aborted: ({ operation }) => `${operation}: 実行が停止されたため中断しました`,
    throttled: ({ operation, message }) => `${operation}: AWS のスロットリングが続きました: ${message}`,
    other: ({ operation, message }) => `${operation}: ${message}`,
  },
  advice: {
    'as-told': (about) => about ?? '',
    'turn-on': (_, { cure }) => `信頼されたアクセスと機能を有効にしてください: ${cure}`,
    'use-management-or-delegated': () =>
      '管理アカウント、または iam.amazonaws.com の委任管理者の認証情報を使用してください',
    'use-management': () => '管理アカウントの認証情報を使用してください',
    'use-organization-member': () => '組織に属するアカウントの認証情報を使用してください',
    'enable-all-features': (_, { cure }) => `すべての機能を有効にしてください: ${cure}`,
    'choose-region': () => '呼び出し元アカウントで有効なリージョンを選択してください: --region us-east-1',
    'check-endpoint-knows-call': () =>
      '応答した相手はこの呼び出しを知りません。--endpoint-url と、エミュレーターのバージョンを確認してください',
    'wait-for-other-change': () => '別の変更が組織に対して進行中です。コマンドを再実行してください',
    'account-closed': () => 'このアカウントは閉鎖されています。--exclude で除外してください',
    'scps-off': () => 'この組織ではサービスコントロールポリシーが無効です。確認するものはありません',
    'wait-for-credential-change': () => 'AWS がこの認証情報をまだ変更しています。1 分後にコマンドを再実行してください',
    'recovery-already-allowed': () => 'パスワードが存在するか、パスワードの復旧がすでに許可されています',
    'detach-credential': () => 'AWS 内でこの認証情報がまだ使用されています。関連付けを解除してから再実行してください',
    'quota-reached': () => 'アカウントが IAM のクォータに達しています。Service Quotas コンソールを確認してください',
    'sign-in-again': (_, { cure }) =>
      `認証情報の有効期限が切れています。再度サインインしてください (SSO の場合: ${cure})`,
    'set-clock': () => 'このマシンの時計がずれています。合わせてから再実行してください',
    'check-credentials': () =>
      'AWS はこの認証情報を認識しません。AWS_PROFILE、AWS_ACCESS_KEY_ID、--profile を確認してください',
    'check-secret': () =>
      'シークレットアクセスキーがアクセスキー ID と一致しないか、--endpoint-url または --region が正しくありません',
    'give-credentials': () =>
      '認証情報を指定してください: aws configure、aws sso login、AWS_PROFILE または --profile (アカウントがない場合: --sandbox)',
    'sign-in-to-sso': (_, { cure }) => `再度サインインしてください: ${cure}`,
    'not-aws-answering': () =>
      'プロキシやサインインページなど、AWS 以外のものが応答している可能性があります。--endpoint-url とネットワークを確認してください',
    'ask-proxy': () =>
      'プロキシの管理者に問い合わせるか、ユーザーを指定するか (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT)、NO_PROXY で迂回してください',
    'wait-for-consistency': (_, { cure }) =>
      `AWS では変更の反映に少し時間がかかります。もう一度実行してください: ${cure}`,
    'trust-certificate': () =>
      '証明書が信頼されていません。TLS を復号するプロキシを使用している場合は、会社の CA を AWS_CA_BUNDLE=FILE で指定してください',
    'allow-session': (task, { cure, rootctl }) => {
      const wait = `${rootctl('enable')} の直後であれば 1 分待ってください`;
      return task === null
        ? `このアカウントとタスクポリシーに対する sts:AssumeRoot を許可し (${cure})、${rootctl('doctor')} で確認してください。${wait}`
        : `このアカウントに対し、タスクポリシー ${task} での sts:AssumeRoot を許可してください: ${cure} のステートメント AssumeRoot${task}。${rootctl('doctor')} も確認してください。${wait}`;
    },
    'root-denied-by-scp': (_, { cure }) =>
      `サービスコントロールポリシーが、ルートセッションを除外せずにルートユーザーを拒否している可能性があります: ${cure}`,
    'allow-at-home': (action, { cure }) =>
      `管理アカウントまたは委任管理者で ${action ?? 'この操作'} を許可してください: ${cure}`,
    'allow-switching': (action, { cure }) => `管理アカウントで ${action ?? 'この操作'} を許可してください: ${cure}`,
    'check-network': () => 'ネットワーク、HTTPS_PROXY、--region、--endpoint-url を確認してください',
    'slow-down': () => '--concurrency または --rate を下げて、再実行してください',
    'run-again': () => 'AWS 側で障害が発生しました。コマンドを再実行してください',
    'deregister-first': (_, { cure }) => `先に委任管理者の登録を解除してください: ${cure}`,
    'use-regional-endpoint': () =>
      'このエンドポイントは AssumeRoot に対応していません。リージョンの STS エンドポイントが必要です。--region と --endpoint-url を確認してください',
  },
};
