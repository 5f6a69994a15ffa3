import fc from 'fast-check';

/** Names that somebody chose to break a table with; AWS allows fewer, other implementations may not. */
export const hostileNames = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  'line\nfeed\r\n123456789012  fake-row  absent',
  'tab\tback\b\b\bspace',
  '\u009b2J c1',
  'abc\u202egnp.exe\u2066x\u2069',
  'zero\u200bwidth\ufeff\u2060',
  '\u2028separator\u2029',
  'tags\u{e0041}\u{e007f}',
  '\ud800 lone \udc00',
  '\ue000private',
  '\u3164filler\u115f',
  '名'.repeat(50),
  '👩‍👩‍👧‍👦 family 🇯🇵 1️⃣ 👍🏽',
  'e\u0301\u0301\u0301 combining',
  '葛\u{e0100}飾',
  '',
  ' ',
  '=HYPERLINK("https://evil.example")',
  '| a | <img src=x onerror=alert(1)> @everyone `x` [y](z) \\',
  'a,"b",c',
];

const piece = fc.oneof(
  fc.constantFrom(
    '名',
    'あ',
    '한',
    'e\u0301',
    '👩‍👩‍👧',
    '🇯🇵',
    '\u001b[2J',
    '\n',
    '\u202e',
    '\u200d',
    '\ufe0f',
    '\ud83d',
    'ｱ',
    '—',
    ' ',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ maxLength: 12 }),
);

export const anyName = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
);

/** What no text for people may hold, whatever came from AWS. Colours are off wherever this is asked. */
export const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
