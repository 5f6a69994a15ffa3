import { applyDeletion as apply } from '../actions/apply-deletion.ts';
import { defaults } from '../actions/defaults.ts';
import { notBegun, planDeletion as plan } from '../actions/plan-deletion.ts';
import { requirePlan } from '../actions/plan-fit.ts';
import { resume as goOn, requireResumable } from '../actions/resume.ts';
import { showRun as readOneRun, listRuns as readRunList } from '../actions/runs.ts';
import type { CredentialKindName, PlanDocument } from '../documents/index.ts';
import type { DeleteDocument, RunDetailDocument, RunsDocument } from './documents.ts';
import { acting, asDocument, type Environment, perform, type StatefulEnvironment } from './environment.ts';
import { requireKinds, requireLimit } from './limits.ts';
import { type AccountSelection, requestOf } from './selecting.ts';

/** What a plan must fit to be made, or done. */
export interface DeletionLimits {
  /** Any other organization is refused. */
  readonly organizationId?: string | undefined;
  /** A plan for more accounts is refused. */
  readonly accountsMax?: number | undefined;
}

export interface PlanRequest extends DeletionLimits {
  /** An empty one asks which of those who hold credentials are meant (`choose-accounts`). */
  readonly selection: AccountSelection;
  /** Every kind unless given. */
  readonly only?: readonly CredentialKindName[] | undefined;
  /** Accounts whose root was used within this many milliseconds are left alone. */
  readonly unusedForMs?: number | undefined;
}

export interface Planned {
  /** What would be deleted, to be looked at, kept and handed to `applyDeletion`. null: the reading was cut short. */
  readonly plan: PlanDocument | null;
  /** Every account of the selection with what would become of it, and why. */
  readonly document: DeleteDocument;
}

/**
 * Reads the selected accounts and decides of each whether its credentials would go, and why not. Changes nothing.
 * @throws ProblemError when the selection does not fit the organization, or nothing could be read; RangeError for a limit that
 * is none, or `only` without a kind.
 */
export const planDeletion = ({ selection, ...request }: PlanRequest, environment: Environment): Promise<Planned> =>
  acting(environment, async (inner) => {
    requireLimit('request.accountsMax', request.accountsMax, 'count');
    requireLimit('request.unusedForMs', request.unusedForMs, 'milliseconds');
    requireKinds('request.only', request.only);
    const planned = await plan({ ...request, selection: requestOf(selection) }, inner);
    return {
      plan: planned.plan === null ? null : asDocument('rootctl.plan', planned.plan),
      document: asDocument('rootctl.delete', notBegun(planned, true, inner)),
    };
  });

export interface ApplyRequest extends DeletionLimits {
  /** From `planDeletion` or `parsePlan`. Exactly this is done, as far as it still fits: what appeared since is left alone. */
  readonly plan: PlanDocument;
  /** An older plan is refused, milliseconds: a day unless given. */
  readonly ageMaxMs?: number | undefined;
  /** Whoever calls has agreed to the plan. Default: the organization's id must be given. */
  readonly isConfirmed?: boolean | undefined;
  /** How long to wait for a deletion to be seen, in milliseconds: a minute unless given. */
  readonly waitMs?: number | undefined;
  /** No further account is begun once so many have failed. Default: a tenth, at least five. */
  readonly failuresMax?: number | undefined;
}

/**
 * Deletes what the plan holds, verifies that it is gone, and keeps a journal of it. Each account is read again first.
 * @throws ProblemError when the plan is refused, nobody agreed (`NotConfirmed`) or another run is under way: nothing was
 * deleted then; RangeError for a limit that is none. What fails in an account stands in the document.
 */
export const applyDeletion = (request: ApplyRequest, environment: StatefulEnvironment): Promise<DeleteDocument> =>
  perform('rootctl.delete', environment, async (inner) => {
    const {
      ageMaxMs = defaults.planAge.ms,
      isConfirmed = false,
      waitMs = defaults.wait.ms,
      failuresMax,
      ...wanted
    } = request;
    requireLimit('request.accountsMax', wanted.accountsMax, 'count');
    requireLimit('request.ageMaxMs', ageMaxMs, 'milliseconds');
    requireLimit('request.waitMs', waitMs, 'milliseconds');
    requireLimit('request.failuresMax', failuresMax, 'count');
    // A program may have changed it, or kept it where somebody else could.
    const agreed = requirePlan(JSON.stringify(wanted.plan), 'request.plan', inner.product.isSimulated);
    const deletion = await plan({ ...wanted, plan: agreed, ageMaxMs }, inner);
    return apply({ deletion, isConfirmed, waitMs, failuresMax }, inner);
  });

export interface ResumeRequest {
  readonly runId: string;
  /** Whoever calls has agreed to what is left. Default: the organization's id must be given. */
  readonly isConfirmed?: boolean | undefined;
  /** How long to wait for a deletion to be seen, in milliseconds: a minute unless given. */
  readonly waitMs?: number | undefined;
}

/**
 * Does what the plan of an interrupted run still lacks. A run that lacks nothing is told as it stands: nobody is asked,
 * AWS neither.
 * @throws ProblemError when it cannot be gone on with.
 */
export const resumeRun = (request: ResumeRequest, environment: StatefulEnvironment): Promise<DeleteDocument> =>
  perform('rootctl.delete', environment, async (inner) => {
    const { runId, isConfirmed = false, waitMs = defaults.wait.ms } = request;
    requireLimit('request.waitMs', waitMs, 'milliseconds');
    return goOn({ resumable: await requireResumable(runId, inner), isConfirmed, waitMs }, inner);
  });

/** What was done, as the journals in the state folder tell it; asks nothing of AWS. */
export const listRuns = (environment: StatefulEnvironment): Promise<RunsDocument> =>
  perform('rootctl.runs', environment, (inner) => readRunList(inner));

/** One run, with its evidence. @throws ProblemError `UnknownRun`, `UnreadableJournal` */
export const showRun = (runId: string, environment: StatefulEnvironment): Promise<RunDetailDocument> =>
  perform('rootctl.run', environment, (inner) => readOneRun(runId, inner));
