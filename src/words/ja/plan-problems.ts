import type { planProblems as entries } from '../../problems/plan.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';
import { kindWords } from './shared.ts';

export const planProblems: ProblemWordsOf<keyof typeof entries> = {
  'key-in-use': {
    message: ({ kind, service, region }) => {
      const where = [service, region].filter((part) => part !== null).join('、');
      const used = `${kindWords(kind).one}が過去 1 日以内に使用されています${where === '' ? '' : ` (${where})`}`;
      return `${used}。削除すると、このキーを使用しているものが動作しなくなります`;
    },
  },
  'password-without-mfa': { message: () => 'パスワードに MFA がありません' },
  'mfa-only': { message: () => 'MFA デバイスのみが残っています。これだけではサインインできません' },
  PlanRefused: {
    message: ({ why }) => {
      switch (why.is) {
        case 'no-plan':
          return `${why.path} は rootctl の計画ではありません: ${documentFlaw(why.flaw)}`;
        case 'empty':
          return `計画 ${why.path} には削除対象がありません`;
        case 'simulated':
          return `計画 ${why.path} はサンドボックスで作成されたものです`;
        case 'not-simulated':
          return `計画 ${why.path} はサンドボックスで作成されたものではありません`;
        case 'other-organization':
          return `計画は組織 ${why.planned} のものですが、この認証情報は組織 ${why.actual} のものです`;
        case 'other-management-account':
          return `計画では ${why.planned} が管理アカウントですが、実際の管理アカウントは ${why.actual} です`;
        case 'dated-ahead':
          return `計画の日時 ${why.planned} は未来の日時です。AWS の現在の日時は ${why.actual} です`;
        case 'too-old':
          return `計画は ${why.hours} 時間前に作成されたものです`;
        case 'departed': {
          const more = why.others.length === 0 ? '' : ` (${why.others.join('、')} も同様です)`;
          return `計画に含まれるアカウント ${why.account} (${why.name}) は、すでに組織 ${why.organizationId} に属していません${more}`;
        }
      }
    },
    hint: ({ why }, { cure }) => {
      switch (why.is) {
        case 'no-plan':
        case 'empty':
        case 'departed':
          return `新しい計画を作成してください: ${cure}`;
        case 'simulated':
          return '--sandbox を指定してください';
        case 'not-simulated':
          return '--sandbox を外してください';
        case 'other-organization':
          return '--profile を確認するか、新しい計画を作成してください';
        case 'other-management-account':
        case 'dated-ahead':
          return '新しい計画を作成してください';
        case 'too-old':
          return '新しい計画を作成するか、--plan-max-age を大きくしてください';
      }
    },
  },
  UnknownKind: {
    message: ({ word }) => `--only ${JSON.stringify(word)} は認証情報の種類ではありません`,
    hint: ({ offered }) => `次の中から指定してください: ${offered.join(', ')}`,
  },
  PlanTooLarge: {
    message: ({ accounts, maximum }) => `計画のアカウント数は ${accounts} で、--max-accounts ${maximum} を超えています`,
    hint: () => '対象を絞るか、--max-accounts を増やしてください',
  },
  UnknownTime: {
    message: ({ flag }) =>
      `AWS の時刻が不明です。${flag} はこのマシンの時計ではなく AWS の時刻に基づくため、何も${flag === '--joined-since' ? '実行' : '削除'}していません`,
    hint: () =>
      '応答に有効な Date ヘッダーがありません。--endpoint-url と、このマシンと AWS の間のプロキシを確認してください',
  },
  OtherOrganization: {
    message: ({ why }) => {
      switch (why.is) {
        case 'other-credentials':
          return `この認証情報は組織 ${why.expected} ではなく、組織 ${why.actual} のものです`;
        case 'other-baseline':
          return `${why.path ?? 'ベースライン'} は組織 ${why.expected} のステータスですが、この認証情報は組織 ${why.actual} のものです`;
        case 'run-simulated':
          return `実行 ${why.runId} はサンドボックスでの実行です`;
        case 'run-not-simulated':
          return `実行 ${why.runId} はサンドボックスでの実行ではありません`;
      }
    },
    hint: ({ why }) => {
      switch (why.is) {
        case 'other-credentials':
          return '--profile と --org を確認してください';
        case 'other-baseline':
          return '--profile を確認するか、この組織のベースラインを指定してください';
        case 'run-simulated':
          return '--sandbox を指定してください';
        case 'run-not-simulated':
          return '--sandbox を外してください';
      }
    },
  },
};
