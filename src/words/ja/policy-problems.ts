import type { policyProblems as entries } from '../../problems/policies.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { policy } from './policy.ts';

export const policyProblems: ProblemWordsOf<keyof typeof entries> = {
  PolicyTooLarge: {
    message: ({ path, bytes, bytesMax }) => `${path} は ${bytes} バイトで、AWS の上限 ${bytesMax} バイトを超えています`,
    hint: () => 'ポリシーを短くしてください',
  },
  PolicyNotUnderstood: { message: policy.fault },
  InvalidPolicy: {
    message: ({ path, ...fault }) => `${path} はポリシーではありません: ${policy.fault(fault)}`,
    hint: () => 'ファイルの該当箇所を修正してください',
  },
  OtherResource: {
    message: ({ path, holder, place, found }) =>
      `${path} は ${holder} のポリシーではありません: ${place} に ${found} が指定されています`,
    hint: ({ arn }) => `リソースには ${arn}、またはその配下を指定してください`,
  },
  NoSuchBucket: {
    message: ({ bucket }) => `バケット ${bucket} は存在しません`,
    hint: ({ there }) => buckets(there),
  },
  NoSuchQueue: {
    message: ({ queue, region, account }) => `アカウント ${account} の ${region} にキュー ${queue} は存在しません`,
    hint: (_, { cure }) => `キューを一覧表示してください: ${cure}`,
  },
  OtherAccount: {
    message: ({ name, region, account, owner }) =>
      owner === null
        ? `バケット ${name} はアカウント ${account} ではなく、別のアカウントのものです`
        : `${region === null ? '' : `${region} の`}キュー ${name} はアカウント ${account} ではなく ${owner} のものです`,
    hint: ({ owner, there }, { cure }) =>
      owner === null ? buckets(there) : `所有者のアカウントを指定してください: ${cure}`,
  },
  InvalidQueue: {
    message: ({ queue }) => `${JSON.stringify(queue)} はキューの名前、ARN、URL のいずれでもありません`,
    hint: () => 'キューの名前、ARN、または URL (https://sqs.REGION.amazonaws.com/ACCOUNT/NAME) を指定してください',
  },
  NothingNamed: {
    message: ({ service }) => `ポリシーを変更するには${service === 's3' ? 'バケット' : 'キュー'}の指定が必要です`,
    hint: ({ service }) => `${service === 's3' ? '--bucket' : '--queue'} を指定してください`,
  },
  NewPolicyLocks: {
    message: ({ statements }) => `新しいポリシーでも全員がロックアウトされます: ${statements.join('、')}`,
  },
  PolicyChanged: {
    message: ({ name }) => `${name} のポリシーは表示後に変更されたため、rootctl は変更していません`,
    hint: (_, { cure }) => `再実行する前に、現在のポリシーを確認してください: ${cure}`,
  },
  PolicyStillSeen: {
    message: ({ name, waitedMs }) =>
      `AWS は変更を受け付けましたが、${waitedMs / 1000} 秒経過しても ${name} の以前のポリシーを返しています`,
    hint: (_, { cure }) => `もう一度確認してください: ${cure}`,
  },
  PolicyInDoubt: {
    message: ({ name }) => `${name} のポリシーが変更されたかどうかを確認できませんでした`,
    hint: (_, { cure }) => `もう一度確認してください: ${cure}`,
  },
  UnknownCommand: {
    message: ({ word }) => `--for の ${JSON.stringify(word)} は、アクセス許可を必要とするコマンドではありません`,
    hint: ({ offered }) => `次の中から指定してください: ${offered.join(', ')}`,
  },
  InvalidOrganizationId: {
    message: ({ word }) => `${JSON.stringify(word)} は組織 ID ではありません`,
    hint: () => 'o-exampleorgid のような形式で指定してください',
  },
  MissingRepository: {
    message: () => '--oidc github にはリポジトリの指定が必要です',
    hint: () => '--repo owner/name を指定してください',
  },
  InvalidTrust: {
    message: ({ fault, word }) => {
      switch (fault) {
        case 'no-repository':
          return `GitHub リポジトリ (owner/name) ではありません: ${JSON.stringify(word)}`;
        case 'no-name':
          return `ブランチ名または環境名ではありません: ${JSON.stringify(word)}`;
        case 'branch-and-environment':
          return 'CI ジョブのトークンに含まれるのは、ブランチと環境のどちらか一方のみです。--branch または --environment を使用してください';
      }
    },
    hint: (_, { rootctl }) => `${rootctl('policy', 'iam', '--help')} を参照してください`,
  },
};

const buckets = (there: readonly string[]): string =>
  there.length === 0
    ? 'このアカウントにバケットはありません'
    : `アカウントのバケット: ${there.slice(0, 10).join(', ')}${there.length > 10 ? ', …' : ''}`;
