import { createGrammar } from '../grammar.ts';
import type { WithinWords } from '../problem-words.ts';

const { list } = createGrammar('ja');

export const within: WithinWords = {
  unread: (about, message) => `${list(about)}を読み取れなかったため、何も削除しません: ${message}`,
};
