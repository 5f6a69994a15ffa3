export type { LeadBack } from './command-line.ts';
export { writtenControl, writtenReport, writtenVerdict } from './control-words.ts';
export { findingText, scpDetailText, writtenDoctor } from './doctor-words.ts';
export { sarif } from './en/sarif.ts';
export type { KindWords } from './en/shared.ts';
export { en } from './en.ts';
export { type Explanation, type ExplanationWords, explanationsIn, loadExplanations } from './explaining.ts';
export { createSpeech, type Speech } from './speech.ts';
export {
  loadTopics,
  type Topic,
  type TopicName,
  topicNames,
} from './topics.ts';
export { type Language, languages, type Words } from './words.ts';

import type { reportPage } from './en/report-page.ts';
import { en } from './en.ts';
import type { Language, Words } from './words.ts';

/** A language, loaded when it is spoken. */
export const loadWords = async (language: Language): Promise<Words> =>
  language === 'en' ? en : (await import('./ja.ts')).ja;

export type ReportPageWords = typeof reportPage;

/** Loaded when a page is made. @param language as `Words` name theirs. */
export const loadReportPage = async (language: string): Promise<ReportPageWords> =>
  (language === 'ja' ? await import('./ja/report-page.ts') : await import('./en/report-page.ts')).reportPage;
