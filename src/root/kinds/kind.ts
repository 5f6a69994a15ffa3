import { type AnsweredOperation, given } from '../../aws/answers.ts';
import type { AwsError } from '../../aws/failure.ts';
import type { AccountCredentials, KindDescription } from '../../documents/index.ts';
import { collectPages } from '../../org/pages.ts';
import type { Ask } from '../session.ts';

/** One credential that is there, with what tells it from a later one of the same id. */
export interface Target {
  /** null for the login profile, of which there is only one. */
  readonly id: string | null;
  readonly createdAt: string | null;
  readonly status?: string;
}

/** What reading a kind brought: its field of the credentials, and what could not be read beside it (a last use). */
export interface KindReading {
  readonly credentials: Partial<AccountCredentials>;
  readonly lastUses: readonly (string | null)[];
  /** Set when a detail was refused although the credential itself was seen. */
  readonly incomplete: AwsError | null;
}

/**
 * What AWS does with one kind of root credential; what documents tell of it is its description. Inventory, removal,
 * verification and the judgement of policies walk the list of kinds (`kinds/index.ts`); none of them names one.
 */
export interface CredentialKind {
  readonly description: KindDescription;
  /** The calls that `read` and `list` make, and the one that `remove` makes: policies name them `iam:…`. */
  readonly operations: { readonly read: readonly AnsweredOperation[]; readonly remove: AnsweredOperation };
  readonly absent: Partial<AccountCredentials>;
  readonly unread: Partial<AccountCredentials>;
  /** Known to be there from the summary, though the details could not be read. */
  readonly presentUnread: Partial<AccountCredentials>;
  /** With all details that `status` shows. @throws AwsError when the kind itself cannot be read; never answers "none" instead. */
  readonly read: (ask: Ask) => Promise<KindReading>;
  /** Only what is there, in one call a page. @throws AwsError */
  readonly list: (ask: Ask) => Promise<readonly Target[]>;
  /** @returns AWS's request id. @throws AwsError; `not-found` means that it was gone already. */
  readonly remove: (ask: Ask, id: string | null) => Promise<string | null>;
}

interface IamPage {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Every page: a denied call throws, it never answers an empty list. A list that changes while its pages are read may name
 * one twice: it is there once.
 */
export async function listOnce<Page extends IamPage, One>(
  readPage: (Marker: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly One[] | undefined,
  idOf: (one: One) => string | undefined,
): Promise<readonly One[]> {
  const all = await collectPages(async (marker) => {
    const page = await readPage(marker);
    return { items: given(itemsOf(page)), next: page.IsTruncated === true ? page.Marker : undefined };
  });
  return [...new Map(all.map((one) => [given(idOf(one)), one])).values()];
}

/** An ISO 8601 time, or null where AWS gave none. */
export const isoTime = (date: Date | undefined): string | null =>
  date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
