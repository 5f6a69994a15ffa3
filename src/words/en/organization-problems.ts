import type { organizationProblems as entries } from '../../problems/organization.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const organizationProblems: ProblemWordsOf<keyof typeof entries> = {
  AccessDenied: {
    message: ({ policyName, policyId, target }) =>
      policyName === null
        ? `denied: no SCP on ${target} allows it`
        : `denied by SCP ${policyName} (${policyId}) on ${target}`,
    hint: ({ policyName, policyId, sid, target, action }, { cure }) =>
      policyName === null
        ? `attach an SCP to ${target} that allows ${action ?? 'these actions'} (FullAWSAccess) (${cure})`
        : `add "Null": {"aws:AssumedRoot": "true"} to ${sid === null ? 'its Deny statement' : `statement ${sid}`} of SCP ${policyName} (${policyId}) on ${target} (${cure})`,
  },
};
