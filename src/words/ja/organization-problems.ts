import type { organizationProblems as entries } from '../../problems/organization.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const organizationProblems: ProblemWordsOf<keyof typeof entries> = {
  MalformedResponse: {
    message: ({ missing }) =>
      missing === 'caller'
        ? 'STS の応答に呼び出し元が含まれていません'
        : 'DescribeOrganization の応答に組織が含まれていません',
    hint: () => '--endpoint-url とネットワークを確認してください',
  },
  UnsupportedPartition: {
    message: ({ partition }) =>
      `パーティション ${partition} ではルートアクセスの一元管理の仕組みが異なるため、rootctl は対応していません`,
    hint: () => '商用パーティション (aws) の組織の認証情報を使用してください',
  },
  AWSOrganizationsNotInUseException: {
    message: ({ account }) => `アカウント ${account} は組織に属していません`,
    hint: (_, { cure }) => `組織の管理アカウントの認証情報を使用するか、組織を作成してください: ${cure}`,
  },
  AccountNotManagementOrDelegatedAdministratorException: {
    message: ({ account, organization }) =>
      `アカウント ${account} は組織 ${organization} の通常のメンバーアカウントです`,
    hint: ({ managementAccount }) =>
      `管理アカウント ${managementAccount}、または iam.amazonaws.com の委任管理者の認証情報を使用してください`,
  },
  OrganizationNotInAllFeaturesModeException: {
    message: ({ organization }) =>
      `組織 ${organization} では一括請求のみが有効です。ルートアクセスの一元管理にはすべての機能が必要です`,
    hint: (_, { cure }) => `管理アカウントからすべての機能を有効にしてください: ${cure}`,
  },
  ServiceAccessNotEnabledException: {
    message: ({ organization }) => `組織 ${organization} では IAM の信頼されたアクセスが無効です`,
    hint: (data, { cure }) => `${fromWhere(data)}ルートアクセスの一元管理を有効にしてください: ${cure}`,
  },
  RootCredentialsManagementNotEnabled: {
    message: ({ organization }) => `組織 ${organization} ではルート認証情報の管理が無効です`,
    hint: (data, { cure }) => `${fromWhere(data)}有効にしてください: ${cure}`,
  },
  RootSessionsNotEnabled: {
    message: ({ organization }) => `組織 ${organization} ではルートセッションが無効です`,
    hint: (data, { cure }) => `${fromWhere(data)}有効にしてください: ${cure}`,
  },
  CallerIsNotManagementAccountException: {
    message: ({ wanted, account }) =>
      `${
        wanted === 'enable' ? 'ルートアクセスの一元管理を有効にできる' : '信頼されたアクセスと委任管理者を変更できる'
      }のは管理アカウントのみです。${account} は管理アカウントではありません`,
    hint: ({ managementAccount }) => `管理アカウント ${managementAccount} の認証情報を使用してください`,
  },
  ConstraintViolationException: {
    message: ({ delegatedAdministrators }) =>
      `${delegatedAdministrators.join('、')} が委任管理者として登録されている間は、信頼されたアクセスを無効にできません`,
    hint: (_, { cure }) => `先に登録を解除してください: ${cure}`,
  },
  AccessDenied: {
    message: ({ policyName, policyId, target }) =>
      policyName === null
        ? `拒否されました: ${target} のどの SCP も許可していません`
        : `${target} の SCP ${policyName} (${policyId}) により拒否されました`,
    hint: ({ policyName, policyId, sid, target, action }, { cure }) =>
      policyName === null
        ? `${action ?? 'これらのアクション'} を許可する SCP (FullAWSAccess) を ${target} にアタッチしてください。詳細: ${cure}`
        : `${target} の SCP ${policyName} (${policyId}) の${sid === null ? ' Deny ステートメント' : `ステートメント ${sid} `}に "Null": {"aws:AssumedRoot": "true"} を追加してください。詳細: ${cure}`,
  },
};

const fromWhere = ({ managementAccount }: { readonly managementAccount: string | null }): string =>
  managementAccount === null ? '' : `管理アカウント ${managementAccount} から`;
