import type {
  AccountStatus,
  ConfigDocument,
  DeleteDocument,
  DoctorDocument,
  DocumentKind,
  EnableDocument,
  ErrorDocument,
  PlanDocument,
  RecoverDocument,
  ReportDocument,
  RunDetailDocument,
  RunsDocument,
  SandboxResetDocument,
  SandboxShowDocument,
  StatusDocument,
  UnlockDocument,
} from '../../documents/index.ts';
import type { Arrangement, View } from '../view.ts';

/** A document that ends a command; told apart by `kind`. */
export type OutputDocument =
  | StatusDocument
  | DeleteDocument
  | PlanDocument
  | EnableDocument
  | RecoverDocument
  | UnlockDocument
  | ReportDocument
  | RunsDocument
  | RunDetailDocument
  | DoctorDocument
  | SandboxResetDocument
  | SandboxShowDocument
  | ConfigDocument
  | ErrorDocument;
export type OutputKind = OutputDocument['kind'] & DocumentKind;

/**
 * One choice of `--output`. Pure: a document in, the text of stdout out, newline at the end.
 * `render` may only be asked for the kinds it declares; `--output` is checked against them before anything is done.
 */
export interface Format {
  readonly kinds: readonly OutputKind[];
  /** What the name of a file of this format ends in, with its dot. */
  readonly endings: readonly string[];
  readonly render: (document: OutputDocument, view: View) => string;
  /** The same text in pieces: of many accounts it is longer than all that is known of them, or than a text can be. */
  readonly pieces?: (document: OutputDocument, view: View) => Iterable<string>;
  /** What is too heavy for every start: it is loaded when it is asked for, and then gives the pieces. */
  readonly load?: (view: Pick<View, 'speech'>) => Promise<NonNullable<Format['pieces']>>;
  /** What `render` gives, piece by piece as soon as it is known. */
  readonly stream?: Stream;
  /** Whose places are shown by the names of their OUs, each of which costs a call; without it ids are. */
  readonly placed?: (document: StatusDocument) => readonly AccountStatus[];
  /** Whether results of many deletions are counted by OU. */
  readonly countsByUnit?: boolean;
  /** What of the arrangement of a status means something to it. */
  readonly arranges?: readonly Arrangement[];
  /** Whether the accounts of a report are shown by the names of their OUs. */
  readonly namesUnits?: boolean;
  /** Whether `render` tells what changed since the baseline; a format without says nothing of it. */
  readonly tellsChanges?: boolean;
}

export interface Stream {
  readonly account: (account: AccountStatus, view: Pick<View, 'english'>, origin: Origin) => string;
  readonly end: (document: StatusDocument) => string;
}

/** Whether it is the sandbox that answered. */
export interface Origin {
  readonly simulated?: true | undefined;
}

/** The text of a document, in pieces where the format has them. */
export async function piecesOf(format: Format, document: OutputDocument, view: View): Promise<Iterable<string>> {
  const pieces = (await format.load?.(view)) ?? format.pieces;
  return pieces?.(document, view) ?? [format.render(document, view)];
}

/** Characters of a piece, about. */
const pieceLength = 1 << 16;

/** The same text in pieces that are long enough to be written and short enough to be held. */
export function* inPieces(texts: Iterable<string>): Generator<string, void, undefined> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The two ways to render what is told text after text. */
export const toldIn = (
  textsOf: (document: OutputDocument, view: View) => Iterable<string>,
): Required<Pick<Format, 'pieces' | 'render'>> => ({
  pieces: (document, view) => inPieces(textsOf(document, view)),
  render: (document, view) => [...textsOf(document, view)].join(''),
});

/** A mistake of rootctl's, not of its user. */
export function cannotRender(format: string, document: OutputDocument): never {
  throw new Error(`${format} does not render ${document.kind}`);
}

/** What a command that came to its end prints. */
export const everyResult = [
  'rootctl.status',
  'rootctl.delete',
  'rootctl.plan',
  'rootctl.enable',
  'rootctl.disable',
  'rootctl.recover',
  'rootctl.unlock',
  'rootctl.report',
  'rootctl.runs',
  'rootctl.run',
  'rootctl.doctor',
  'rootctl.sandbox.reset',
  'rootctl.sandbox.show',
  'rootctl.config',
] as const satisfies readonly OutputKind[];

export const everyKind: readonly OutputKind[] = [...everyResult, 'rootctl.error'];
