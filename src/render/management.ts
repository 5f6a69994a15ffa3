import { kindsAsShown, type ManagementAccountEntry } from '../documents/index.ts';
import { kindsOf, type View } from './view.ts';
import { wordsFor } from './words.ts';

type ManagementView = Pick<View, 'kinds' | 'speech'>;

interface Holding {
  /** `no access keys`. */
  readonly text: string;
  /** Not what it should be: a root user needs a password and what guards it, and nothing else. */
  readonly isFault: boolean;
}

/** What is known of the management account's own root user, which is outside centralized root access: what is there first. */
export function managementHoldings(entry: ManagementAccountEntry, view: ManagementView): readonly Holding[] {
  const kinds = kindsAsShown(kindsOf(view));
  const guarded = new Set<string | null>(kinds.map(({ guards }) => guards));
  const held = new Set<string>(kinds.filter(({ summary }) => entry[summary.field]).map(({ name }) => name));
  const inOrder = [...kinds].sort((left, right) => Number(held.has(right.name)) - Number(held.has(left.name)));
  return inOrder.map(({ name, guards }) => {
    const isHeld = held.has(name);
    const text = view.speech.words.status.holds(wordsFor(name, view).all, isHeld);
    return { text, isFault: guards === null ? isHeld && !guarded.has(name) : !isHeld && held.has(guards) };
  });
}

/** What is wrong with it, as an auditor asks first; null when nothing is known to be. */
export function managementSentence(entry: ManagementAccountEntry | null, view: ManagementView): string | null {
  if (entry === null) return null;
  const faults = managementHoldings(entry, view).filter(({ isFault }) => isFault);
  return faults.length === 0 ? null : view.speech.words.status.managementFaults(faults.map(({ text }) => text));
}
