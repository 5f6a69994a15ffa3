import type {
  DeleteDocument,
  DoctorDocument,
  DocumentKind,
  EnableDocument,
  ErrorDocument,
  PlanDocument,
  RecoverDocument,
  RunDetailDocument,
  RunsDocument,
  SandboxResetDocument,
  SandboxShowDocument,
  StatusDocument,
  UnlockDocument,
} from '../../documents/index.ts';
import type { View } from '../view.ts';

/** A document that ends a command; told apart by `kind`. */
export type OutputDocument =
  | StatusDocument
  | DeleteDocument
  | PlanDocument
  | EnableDocument
  | RecoverDocument
  | UnlockDocument
  | RunsDocument
  | RunDetailDocument
  | DoctorDocument
  | SandboxResetDocument
  | SandboxShowDocument
  | ErrorDocument;
export type OutputKind = OutputDocument['kind'] & DocumentKind;

/**
 * One choice of `--output`. Pure: a document in, the text of stdout out, newline at the end.
 * `render` may only be asked for the kinds it declares; `--output` is checked against them before anything is done.
 */
export interface Format {
  readonly kinds: readonly OutputKind[];
  readonly render: (document: OutputDocument, view: View) => string;
}

/** A mistake of rootctl's, not of its user. */
export function cannotRender(format: string, document: OutputDocument): never {
  throw new Error(`${format} does not render ${document.kind}`);
}

export const everyKind = [
  'rootctl.status',
  'rootctl.delete',
  'rootctl.plan',
  'rootctl.enable',
  'rootctl.disable',
  'rootctl.recover',
  'rootctl.unlock',
  'rootctl.runs',
  'rootctl.run',
  'rootctl.doctor',
  'rootctl.sandbox.reset',
  'rootctl.sandbox.show',
  'rootctl.error',
] as const satisfies readonly OutputKind[];
