import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { compareStatus, type StatusDocument } from '../../src/documents/index.ts';
import { formats } from '../../src/render/index.ts';
import { changeLines, renderStatus } from '../../src/render/status.ts';
import { noPaint } from '../../src/render/style.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import { english } from '../support/speech.ts';
import * as story from './story.ts';

const japanese = createSpeech(await loadWords('ja'), ['--sandbox']);
const view = (columns: number, more: Partial<View> = {}): View => ({
  columns,
  nowMs: story.nowMs,
  paint: noPaint,
  speech: japanese,
  english,
  elapsedMs: 4_100,
  ...more,
});

/** The columns at which the cells of a line begin: two blanks part them. */
function startsOf(line: string): ReadonlySet<number> {
  const starts = new Set([0]);
  for (const { index } of line.matchAll(/(?<= {2})\S/gu)) starts.add(stringWidth(line.slice(0, index)));
  return starts;
}

describe('状態', () => {
  it.each([80, 160])('at %i columns every line fits, and its cells stand under their titles', (columns) => {
    const lines = renderStatus(story.status, view(columns, { ouNames: story.ouNames }))
      .trimEnd()
      .split('\n');
    for (const line of lines) expect([line, stringWidth(line) <= columns]).toEqual([line, true]);
    const titles = lines.find((line) => line.startsWith('アカウント')) ?? '';
    const rows = lines.filter((line) => /^\d{12} {2}/u.test(line));
    expect(rows).toHaveLength(story.accounts.length);
    const root = stringWidth(titles.slice(0, titles.indexOf('ルート')));
    for (const row of rows) expect(startsOf(row)).toContain(root);
  });

  it('has every column in 80 columns, and whole names', () => {
    const lines = renderStatus(story.status, view(80, { ouNames: story.ouNames })).split('\n');
    expect(lines.find((line) => line.startsWith('アカウント'))?.split(/ {2,}/u)).toEqual([
      'アカウント',
      '名前',
      'ルート',
      'PW',
      'キー',
      '証明書/MFA',
      '最終使用',
    ]);
    expect(lines.find((line) => line.includes('payments-prod'))?.split(/ {2,}/u)).toEqual([
      '123456789012',
      'payments-prod',
      '存在する',
      'あり',
      '2',
      '1 / 2',
      '1時間前 キー',
    ]);
  });

  it('tells in Japanese what there is, why the rest is not looked at, and what to do next', () => {
    const text = renderStatus(story.status, view(160));
    for (const words of [
      'ルート認証情報の管理: 有効',
      '存在しない',
      '対象外',
      'あり (MFA なし)',
      '1 時間前 (アクセスキー: s3, eu-west-1)',
      '停止',
      '管理アカウント (パスワードあり、MFA デバイスあり、アクセスキーなし、署名証明書なし)',
      'のうち 2 個にルートユーザー認証情報が存在します。1 個は読み取れませんでした (読み取り時間: 4.1 秒)。',
      '⚠ data-lake のルートユーザーのパスワードに MFA が設定されていません。',
      '次のステップ: rootctl delete --all --dry-run --sandbox',
      'rootctl doctor --sandbox',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/\b(?:accounts?|present|absent|unknown|skipped)\b/u);
  });

  it('is one line where there is nothing', () => {
    const accounts = story.accounts.filter(({ status }) => status === 'absent' || status === 'skipped');
    expect(renderStatus(story.statusOf(accounts), view(120))).toContain(
      'メンバーアカウント 2 個のすべてに、ルートユーザー認証情報は存在しません (読み取り時間: 4.1 秒)。',
    );
  });

  it('tells what changed since the baseline', () => {
    const before: StatusDocument = {
      ...story.status,
      accounts: story.status.accounts.map((account) =>
        account.status === 'present' ? { ...account, status: 'absent', credentials: null } : account,
      ),
    };
    const lines = changeLines({ ...story.status, changes: compareStatus(before, story.status) }, view(80));
    expect(lines[0]).toBe('ベースラインからの変更:');
    expect(lines.join('\n')).toContain('ルートユーザー認証情報が追加されました');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  it('is a page of Markdown in Japanese, and data in English', () => {
    const page = formats.markdown.render(story.status, view(160, { ouNames: story.ouNames }));
    expect(page).toContain('| アカウント | 名前 | OU | 参加 | ルートユーザー認証情報 |');
    expect(page).toContain('Workloads/Prod');
    for (const format of ['json', 'ndjson', 'csv', 'sarif'] as const) {
      const given = formats[format].render(story.status, view(160));
      expect(given).toBe(formats[format].render(story.status, view(160, { speech: english })));
    }
  });
});
