import type { DocumentFlaw } from '../../problems/index.ts';

/** One phrase that names the first place that does not fit. */
export function documentFlaw(flaw: DocumentFlaw): string {
  switch (flaw.is) {
    case 'not-json':
      return 'not JSON';
    case 'other-kind':
      return `it is a ${flaw.found} document, not a ${flaw.expected} document`;
    case 'unlike-schema':
      return `${flaw.field || 'the document'}: the value is not valid`;
    case 'untold-completeness':
      return 'complete: it does not say whether it covers all accounts (it may come from an older rootctl)';
    case 'made-of-a-part':
      return 'complete: it is based on a reading that was cut short, which a plan must not be';
    case 'contradiction':
      return `${flaw.at}: the status of ${flaw.account} does not match its credentials`;
    case 'other-totals':
      return 'summary: the totals do not match the accounts';
    case 'part-called-whole':
      return 'complete: it says that it covers all accounts, but some were not read to the end';
    case 'other-hash':
      return 'its hash does not match its contents: it was edited';
    case 'no-kinds':
      return 'options.only is empty';
    case 'kind-twice':
      return 'options.only names a kind twice';
    case 'no-time':
      return `${flaw.at}: ${flaw.time} is not a time`;
    case 'management-account':
      return `${flaw.at} is the management account`;
    case 'account-order':
      return `${flaw.at}: ${flaw.account} appears twice or is out of order`;
    case 'no-actions':
      return `${flaw.at} deletes nothing`;
    case 'kind-not-planned':
      return `${flaw.at}: ${flaw.kind} is not in options.only`;
    case 'kind-order':
      return `${flaw.at}: ${flaw.kind} is out of order`;
    case 'action-twice':
      return `${flaw.at}: ${flaw.action} appears twice`;
    case 'alien-id':
      return `${flaw.at}: ${JSON.stringify(flaw.id)} is not a ${flaw.kind} of account ${flaw.account}`;
    case 'alien-field':
      return `${flaw.at}: ${flaw.kind} has no such field`;
    case 'later-than-plan':
      return `${flaw.at}: ${flaw.time} is later than the plan`;
  }
}
