import type { DocumentFlaw } from '../../problems/index.ts';

/** One phrase that names the first place that does not fit. */
export function documentFlaw(flaw: DocumentFlaw): string {
  switch (flaw.is) {
    case 'not-json':
      return 'not JSON';
    case 'other-kind':
      return `it is a ${flaw.found} document, not a ${flaw.expected}`;
    case 'unlike-schema':
      return `${flaw.field || 'the document'}: Invalid input`;
    case 'untold-completeness':
      return 'complete: it does not say whether it tells of all (an older rootctl did not)';
    case 'made-of-a-part':
      return 'complete: the reading behind it was cut short, and a plan is made of a complete one only';
    case 'other-hash':
      return 'its hash does not fit its contents: it was changed';
    case 'no-kinds':
      return 'options.only names no kind';
    case 'kind-twice':
      return 'options.only names a kind twice';
    case 'no-time':
      return `${flaw.at}: ${flaw.time} is no time`;
    case 'management-account':
      return `${flaw.at} is the management account`;
    case 'account-order':
      return `${flaw.at}: ${flaw.account} is there twice or out of order`;
    case 'no-actions':
      return `${flaw.at} plans nothing`;
    case 'kind-not-planned':
      return `${flaw.at}: ${flaw.kind} is not in options.only`;
    case 'kind-order':
      return `${flaw.at}: ${flaw.kind} is out of order`;
    case 'action-twice':
      return `${flaw.at}: ${flaw.action} is there twice`;
    case 'alien-id':
      return `${flaw.at}: ${JSON.stringify(flaw.id)} is no ${flaw.kind} of account ${flaw.account}`;
    case 'alien-field':
      return `${flaw.at}: a ${flaw.kind} has none`;
    case 'later-than-plan':
      return `${flaw.at}: ${flaw.time} is later than the plan`;
  }
}
