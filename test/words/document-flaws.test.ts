import { expect, it } from 'vitest';
import { parsePlan, parseStatus } from '../../src/documents/index.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import { plan } from '../documents/samples.ts';
import { status } from '../render/story.ts';
import { english } from '../support/speech.ts';

const japanese = createSpeech(await loadWords('ja'), []);

it.each([
  ['a text', parsePlan('x'), 'not JSON', 'JSON ではありません'],
  [
    'another document',
    parsePlan(JSON.stringify(status)),
    'it is a rootctl.status document, not a rootctl.plan document',
    'rootctl.plan ではなく rootctl.status のドキュメントです',
  ],
  [
    'a plan that was edited',
    parsePlan(
      JSON.stringify(plan).replace('"accounts":[', '"accounts": [').replace('rootctlVersion":"', 'rootctlVersion":"9'),
    ),
    'its hash does not match its contents: it was edited',
    'ハッシュが内容と一致しません。編集されています',
  ],
  [
    'a status of an older rootctl',
    parseStatus(JSON.stringify({ ...status, complete: undefined })),
    'complete: it does not say whether it covers all accounts (it may come from an older rootctl)',
    'complete: すべてのアカウントを含むかどうかが示されていません (古い rootctl で作成された可能性があります)',
  ],
])('%s is refused in the words of the reader', (_, parsed, inEnglish, inJapanese) => {
  if (parsed.ok) throw new Error('it was taken');
  expect(english.entryOf(parsed.problem).message).toBe(inEnglish);
  expect(japanese.entryOf(parsed.problem).message).toBe(inJapanese);
});
