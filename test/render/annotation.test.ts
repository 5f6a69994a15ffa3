import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotation } from '../../src/render/index.ts';

test('an annotation is one line that GitHub Actions reads as one command', () => {
  expect(annotation('error', 'rootctl', ['root credentials in 1 account: 111111111111 (prod, eu)', '100 %'])).toBe(
    '::error title=rootctl::root credentials in 1 account: 111111111111 (prod, eu)%0A100 %25',
  );
});

test('no name gives a command of its own, however it is written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, text) => {
      const line = annotation('warning', title, [text, `\n::error::${text}`, `\r\n::stop-commands::${title}`]);
      expect(line).not.toMatch(/[\r\n]/u);
      // As the runner cuts it: the name of the command, its properties, the rest.
      const [, command, properties] = /^::(\w+) (.*?)::/u.exec(line) ?? [];
      expect(command).toBe('warning');
      expect(properties?.split(',')).toHaveLength(1);
    }),
  );
});
