import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotation, withoutCommands } from '../../src/render/index.ts';

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

/** Whether the runner takes a line for a command (actions/runner, `ActionCommand`). */
const isCommand = (line: string): boolean => line.trimStart().startsWith('::') || line.includes('##[');

test('no line of a text is a command, and a text without any stays as it is', () => {
  const piece = fc.constantFrom('::', ':', '##[', '#', '[', ' ', '\u00a0', '\t', '\n', 'error', ']', 'x', '\u3000');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const heard = withoutCommands(text);
      expect(heard.split('\n').filter(isCommand)).toEqual([]);
      if (!text.split('\n').some(isCommand)) expect(heard).toBe(text);
    }),
  );
});
