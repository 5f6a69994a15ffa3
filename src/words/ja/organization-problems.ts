import type { organizationProblems as entries } from '../../problems/organization.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const organizationProblems: ProblemWordsOf<keyof typeof entries> = {
  AccessDenied: {
    message: ({ policyName, policyId, target }) =>
      policyName === null
        ? `拒否されました: ${target} のどの SCP も許可していません`
        : `${target} の SCP ${policyName} (${policyId}) により拒否されました`,
    hint: ({ policyName, policyId, sid, target, action }, { cure }) =>
      policyName === null
        ? `${action ?? 'これらのアクション'} を許可する SCP (FullAWSAccess) を ${target} にアタッチしてください (${cure})`
        : `${target} の SCP ${policyName} (${policyId}) の${sid === null ? ' Deny ステートメント' : `ステートメント ${sid}`} に "Null": {"aws:AssumedRoot": "true"} を追加してください (${cure})`,
  },
};
