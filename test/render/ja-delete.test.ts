import { expect, test } from 'vitest';
import { renderDelete } from '../../src/render/delete.ts';
import type { OutputDocument } from '../../src/render/formats/format.ts';
import { formats } from '../../src/render/index.ts';
import { renderPlan } from '../../src/render/plan.ts';
import { noPaint } from '../../src/render/style.ts';
import { createSpeech } from '../../src/words/index.ts';
import { ja } from '../../src/words/ja.ts';
import * as samples from '../documents/samples.ts';
import { english } from '../support/speech.ts';
import { nowMs, ouNames } from './story.ts';

const view = { columns: 120, nowMs, paint: noPaint, speech: createSpeech(ja, []), english, ouNames };

test('a plan in Japanese names each credential, what is left alone, and the sum', () => {
  const left = {
    outcome: 'skipped',
    reason: 'not-active',
    state: 'PENDING_CLOSURE',
    error: null,
    actions: [],
  } as const;
  const notTouched = [{ ...left, id: '666666666666', name: 'sandbox-old' }];
  const text = renderPlan(samples.plan, { ...view, notTouched });
  for (const phrase of [
    '− アクセスキー',
    '⚠ 使用中',
    '対象外: sandbox-old 666666666666 (閉鎖保留中)',
    'を削除します。元に戻すことはできません。',
  ])
    expect(text).toContain(phrase);
});

test('what became of a deletion is told in Japanese, with commands to paste', () => {
  const document = samples.outputs.find(({ kind }) => kind === 'rootctl.delete');
  if (document?.kind !== 'rootctl.delete') throw new Error('no sample of a deletion');
  const text = renderDelete(document, view);
  for (const phrase of ['確認済み', '削除しました', '証跡: rootctl runs show']) expect(text).toContain(phrase);
  expect(text).not.toMatch(/deleted|would|Nothing/u);
});

test('the Markdown of a deletion and of a run has the words of the table, and no codes', () => {
  const page = (document: OutputDocument) => formats.markdown.render(document, view);
  const deletion = page(samples.deleted);
  expect(deletion).toContain('5 個のアカウント: 削除済み 1、存在しない 1、失敗 1、未検証 1、対象外 1');
  expect(deletion).toContain('| 666666666666 | sandbox-old | 対象外 | 停止 |  |');
  const run = page(samples.runDetail);
  expect(run).toContain('| 状態 | 完了 |');
  for (const text of [deletion, run.split('### イベント')[0]])
    expect(text).not.toMatch(/\| (deleted|absent|partial|failed|unverified|skipped|planned|finished) \|/u);
});
