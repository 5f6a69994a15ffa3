import { expect, it } from 'vitest';
import { elapsedTime, relativeTime, shortRelativeTime } from '../../src/render/relative-time.ts';
import { english } from '../support/speech.ts';
import { nowMs } from './story.ts';

it.each([
  ['2026-01-31T09:29:59.000Z', 'just now', 'now'],
  ['2026-01-31T09:25:00.000Z', '5 minutes ago', '5 min ago'],
  ['2026-01-31T08:25:00.000Z', '1 hour ago', '1 h ago'],
  ['2026-01-30T09:31:00.000Z', '23 hours ago', '23 h ago'],
  ['2026-01-29T09:30:00.000Z', '2 days ago', '2 d ago'],
  ['2025-12-01T09:30:00.000Z', '2 months ago', '2 mo ago'],
  ['2025-02-20T10:00:00.000Z', '11 months ago', '11 mo ago'],
  ['2022-12-01T10:00:00.000Z', '3 years ago', '3 y ago'],
  ['2026-01-31T11:30:00.000Z', 'in 2 hours', 'in 2 h'],
])('%s is %s, in short %s', (timestamp, long, short) => {
  expect(relativeTime(timestamp, { nowMs, speech: english })).toBe(long);
  expect(shortRelativeTime(timestamp, { nowMs, speech: english })).toBe(short);
});

it.each([
  [80, '0.1 s'],
  [4100, '4.1 s'],
  [59_940, '59.9 s'],
  [125_000, '2 min 5 s'],
])('%i ms took %s', (elapsedMs, text) => expect(elapsedTime(elapsedMs, { speech: english })).toBe(text));
