import type { Language } from './words.ts';

/** What `rootctl help TOPIC` tells, in the order in which the help lists them. */
export const topicNames = ['environment', 'formatting', 'exit-codes', 'selection', 'safety'] as const;
export type TopicName = (typeof topicNames)[number];

/** A part of a topic: a paragraph, words that are explained, or lines to type. */
export type Block =
  | string
  | { readonly terms: readonly (readonly [string, string])[] }
  | { readonly lines: readonly string[] };

export interface Topic {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What the topics take from the program itself. */
export interface TopicFacts {
  /** `ROOTCTL_…`, its flag, and the commands that have it; none: all of them. */
  readonly variables: readonly {
    readonly variable: string;
    readonly flag: string;
    readonly commands: readonly string[];
  }[];
  readonly formats: readonly string[];
}

export type TopicWords = { readonly [Name in TopicName]: (facts: TopicFacts) => Topic };

/** Loaded only when somebody reads one. */
export const loadTopics = async (language: Language): Promise<TopicWords> =>
  (language === 'en' ? await import('./en/topics.ts') : await import('./ja/topics.ts')).topics;
