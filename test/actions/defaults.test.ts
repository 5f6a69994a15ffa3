import { expect, test } from 'vitest';
import { defaults, socketsFor } from '../../src/actions/defaults.ts';
import { parseDuration } from '../../src/duration.ts';

test.each([defaults.planAge, defaults.wait])('$text is spelt as a flag spells it', ({ ms, text }) => {
  expect(parseDuration(text)).toBe(ms);
});

test('each account in flight has its connections, and few accounts are not starved', () => {
  expect(socketsFor(defaults.concurrency)).toBe(200);
  expect(socketsFor(1)).toBe(8);
});
