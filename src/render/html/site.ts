import type { ReportDocument } from '../../documents/index.ts';
import type { ReportPageWords, Words } from '../../words/index.ts';
import { ouPath } from '../ou-path.ts';
import { visible } from '../text.ts';
import type { View } from '../view.ts';
import { createDates, type Dates } from './dates.ts';

/** What every part of the page is made with. */
export interface Site {
  readonly document: ReportDocument;
  readonly view: View;
  readonly words: Words;
  readonly page: ReportPageWords;
  readonly dates: Dates;
  /** An OU's path as people know it, and its place in the page's data. */
  readonly unitOf: (path: string | null) => Unit | null;
  /** Of all OUs so far, in the order of their places. */
  readonly units: readonly string[];
}

interface Unit {
  readonly index: number;
  readonly path: string;
}

export function createSite(document: ReportDocument, view: View, page: ReportPageWords): Site {
  const units: string[] = [];
  const places = new Map<string, Unit>();
  const unitOf = (path: string | null): Unit | null => {
    if (path === null) return null;
    const known = places.get(path);
    if (known !== undefined) return known;
    const unit = { index: units.length, path: visible(ouPath(path, view.ouNames ?? new Map()) ?? path) };
    units.push(unit.path);
    places.set(path, unit);
    return unit;
  };
  return { document, view, words: view.speech.words, page, dates: createDates(page.locale), unitOf, units };
}
