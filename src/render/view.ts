import { type AccountStatus, credentialKinds, type DeleteAccount, type KindDescriptions } from '../documents/index.ts';
import type { Speech } from '../words/index.ts';
import type { RowsOf, SortOrder } from './status-names.ts';
import type { Paint } from './style.ts';

/** What a text for people depends on beside the document. */
export interface View {
  /** Terminal columns; for a pipe choose (160). No line is wider, down to 40. */
  readonly columns: number;
  readonly nowMs: number;
  /** Default: every kind that rootctl knows. */
  readonly kinds?: KindDescriptions;
  readonly paint: Paint;
  /** The language of people's forms. */
  readonly speech: Speech;
  /** The language of data: `message` and `hint` are the same for every reader. */
  readonly english: Speech;
  /** OU id → name: accounts are then shown with their OU's path. */
  readonly ouNames?: ReadonlyMap<string, string>;
  /** Results of deletions: where the accounts are, id → AWS's path. They tell it nowhere else. */
  readonly places?: ReadonlyMap<string, string | null>;
  /** One run: with all of its events and accounts. */
  readonly withEvents?: boolean;
  /** `status`: how long the reading took. */
  readonly elapsedMs?: number;
  readonly sort?: SortOrder;
  /** `status`: only accounts in these states are shown. */
  readonly states?: readonly AccountStatus['status'][];
  /** `status`: these columns, in this order, by their names in `statusColumnNames`. */
  readonly shownColumns?: readonly string[];
  /** `status` as a table: every column whole, however wide the terminal is. */
  readonly isWide?: boolean;
  /** `status` as a table: by OU. */
  readonly isTree?: boolean;
  /** `status`: somebody asks how, so accounts are shown even where one line says all. */
  readonly isArranged?: boolean;
  /** `status` in csv: what a row is. Default `accounts`. */
  readonly rows?: RowsOf;
  /** Whether the document is about all member accounts (then it says so) or a selection of them. Default `all`. */
  readonly selection?: 'all' | 'some';
  /** Of a document that is not complete: whether its accounts are all that the selection has. Default: not known. */
  readonly listing?: 'ended' | 'cut';
  /** `delete`: where the run's journal stands. */
  readonly journalPath?: string;
  /** `delete`: how to go on with the run is told beside it. */
  readonly isResumeTold?: boolean;
  /** `delete` dry runs and `plan`: what the plan leaves alone, and why. */
  readonly notTouched?: readonly DeleteAccount[];
  /** `plan`: accounts that are not as it has them, of which some credentials go nonetheless. */
  readonly changed?: readonly DeleteAccount[];
  /** `plan`: so many credentials that it names are gone by now, and not shown. */
  readonly goneCount?: number;
  /** `plan`: `will be deleted` or `would be deleted`. */
  readonly dryRun?: boolean;
}

/** The kinds of the view, in removal order. */
export const kindsOf = ({ kinds }: Pick<View, 'kinds'>): KindDescriptions => kinds ?? credentialKinds;

/** Ways in which the accounts of a status can be arranged, by the names of their flags. */
export type Arrangement = 'rows' | 'columns' | 'state' | 'wide' | 'tree';
