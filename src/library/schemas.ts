import config from '../../schemas/rootctl.config.schema.json' with { type: 'json' };
import deleteAccount from '../../schemas/rootctl.delete.account.schema.json' with { type: 'json' };
import deletion from '../../schemas/rootctl.delete.schema.json' with { type: 'json' };
import deleteSummary from '../../schemas/rootctl.delete.summary.schema.json' with { type: 'json' };
import disable from '../../schemas/rootctl.disable.schema.json' with { type: 'json' };
import doctor from '../../schemas/rootctl.doctor.schema.json' with { type: 'json' };
import enable from '../../schemas/rootctl.enable.schema.json' with { type: 'json' };
import error from '../../schemas/rootctl.error.schema.json' with { type: 'json' };
import plan from '../../schemas/rootctl.plan.schema.json' with { type: 'json' };
import recover from '../../schemas/rootctl.recover.schema.json' with { type: 'json' };
import report from '../../schemas/rootctl.report.schema.json' with { type: 'json' };
import run from '../../schemas/rootctl.run.schema.json' with { type: 'json' };
import runs from '../../schemas/rootctl.runs.schema.json' with { type: 'json' };
import sandboxReset from '../../schemas/rootctl.sandbox.reset.schema.json' with { type: 'json' };
import sandboxShow from '../../schemas/rootctl.sandbox.show.schema.json' with { type: 'json' };
import statusAccount from '../../schemas/rootctl.status.account.schema.json' with { type: 'json' };
import status from '../../schemas/rootctl.status.schema.json' with { type: 'json' };
import statusSummary from '../../schemas/rootctl.status.summary.schema.json' with { type: 'json' };
import unlock from '../../schemas/rootctl.unlock.schema.json' with { type: 'json' };
import type { DocumentKind } from '../documents/index.ts';

/** A JSON Schema, draft 2020-12, as an object. */
export interface JsonSchema {
  readonly $schema: string;
  /** A name (`urn:rootctl:schema:1:…`), no address: nothing is fetched. */
  readonly $id: string;
  readonly title: string;
  readonly [keyword: string]: unknown;
}

/** The JSON Schema of each kind of document; the same as `rootctl/schemas/<kind>.schema.json`. */
export const documentSchemas: Readonly<Record<DocumentKind, JsonSchema>> = {
  'rootctl.status': status,
  'rootctl.status.account': statusAccount,
  'rootctl.status.summary': statusSummary,
  'rootctl.delete': deletion,
  'rootctl.delete.account': deleteAccount,
  'rootctl.delete.summary': deleteSummary,
  'rootctl.plan': plan,
  'rootctl.enable': enable,
  'rootctl.disable': disable,
  'rootctl.recover': recover,
  'rootctl.unlock': unlock,
  'rootctl.report': report,
  'rootctl.runs': runs,
  'rootctl.run': run,
  'rootctl.doctor': doctor,
  'rootctl.sandbox.reset': sandboxReset,
  'rootctl.sandbox.show': sandboxShow,
  'rootctl.config': config,
  'rootctl.error': error,
};
