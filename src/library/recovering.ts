import { recover as allowRecoveries, type RecoverRequest as Recovering } from '../actions/recover.ts';
import { type ListHoldersRequest, listHolders, replacementOf, unlock as unlockOne } from '../actions/unlock.ts';
import type { RecoverDocument, UnlockDocument } from './documents.ts';
import { type Environment, perform, type StatefulEnvironment } from './environment.ts';
import { accountIdOf, type Plain } from './plain.ts';

export type RecoverRequest = Plain<Recovering>;

/**
 * Lets the owners of the accounts' root e-mail addresses set a password again. Deletes nothing; each is on record before
 * AWS is asked.
 * @throws ProblemError before anything was allowed.
 */
export const recover = (request: RecoverRequest, environment: StatefulEnvironment): Promise<RecoverDocument> =>
  perform('rootctl.recover', environment, async (inner) =>
    allowRecoveries({ ...request, accounts: request.accounts.map(accountIdOf) }, inner),
  );

/** Buckets (`s3`), or queues (`sqs`) in the region of the connection, of a member account. */
export type HoldersRequest = Plain<ListHoldersRequest>;

/** The buckets of a member account, or its queues in the region of the connection. @throws ProblemError */
export const listPolicyHolders = (request: HoldersRequest, environment: Environment): Promise<UnlockDocument> =>
  perform('rootctl.unlock', environment, async (inner) =>
    listHolders({ ...request, account: accountIdOf(request.account) }, inner),
  );

export interface UnlockRequest extends HoldersRequest {
  /** A bucket by its name; a queue by its name, ARN or URL. */
  readonly named: string;
  /** The policy is shown, and nothing is changed, unless given. `policy`: the JSON of the one to put. */
  readonly change?: { readonly action: 'delete' } | { readonly action: 'put'; readonly policy: string } | undefined;
  /** Looks, and changes nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Whoever calls has agreed. Default: the name of the bucket or queue must be given. */
  readonly isConfirmed?: boolean | undefined;
}

/**
 * Shows the policy of a bucket or queue, which statements lock everybody out, and removes or replaces it. The old one is
 * saved in the state folder first, and all is on record.
 * @throws ProblemError
 */
export const unlock = (request: UnlockRequest, environment: StatefulEnvironment): Promise<UnlockDocument> =>
  perform('rootctl.unlock', environment, async (inner) => {
    const { change, service } = request;
    const account = accountIdOf(request.account);
    return change?.action === 'put'
      ? unlockOne({ ...request, account, change: replacementOf(service, change.policy, 'change.policy') }, inner)
      : unlockOne({ ...request, account, change }, inner);
  });
