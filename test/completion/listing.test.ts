import { describe, expect, test } from 'vitest';
import { type Listing, listingText, unitNamesIn } from '../../src/completion/listing.ts';

const of = (more: Partial<Listing>): Listing => ({
  organizationId: 'o-exampleorg1',
  accounts: [],
  unitNames: new Map(),
  ...more,
});
const account = (name: string, path: string | null = null) => ({ id: '111122223333', name, path });
const fieldsOf = (listing: Listing): readonly (readonly string[])[] =>
  listingText(listing)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));

describe('what TAB reads', () => {
  test('is a line each of the organization, its accounts and its OUs: id, name, path', () => {
    const path = 'o-exampleorg1/r-ab12/ou-ab12-11111111/ou-ab12-22222222/';
    const unitNames = new Map([
      ['ou-ab12-11111111', 'Workloads'],
      ['ou-ab12-22222222', 'Prod'],
    ]);
    const accounts = [
      { id: '222233334444', name: 'b', path },
      { id: '111122223333', name: 'a', path: null },
    ];
    expect(fieldsOf(of({ accounts, unitNames }))).toEqual([
      ['o-exampleorg1', '', ''],
      ['111122223333', 'a', ''],
      ['222233334444', 'b', 'Workloads/Prod'],
      ['ou-ab12-11111111', 'Workloads', 'Workloads'],
      ['ou-ab12-22222222', 'Prod', 'Workloads/Prod'],
    ]);
  });

  test.each([
    ['a\nb\tc\r', 'a?b?c?'],
    ['\u001b[2J\u0007\u009b', '?[2J??'],
    ['right \u202e left', 'right ? left'],
    ['a\u2028b\u200bc\ufeff', 'a?b?c?'],
    ['\ud800', '?'],
  ])('holds no control character: %j', (name, safe) => {
    expect(fieldsOf(of({ accounts: [account(name)] }))[1]).toEqual(['111122223333', safe, '']);
  });

  test.each(['Prod\n', '\u202eProd', '   '])('has the id of an OU whose name cannot stand in a path: %j', (name) => {
    const path = 'o-exampleorg1/r-ab12/ou-ab12-11111111/ou-ab12-22222222/';
    const unitNames = new Map([
      ['ou-ab12-11111111', name],
      ['ou-ab12-22222222', 'below'],
    ]);
    const lines = fieldsOf(of({ accounts: [account('a', path)], unitNames }));
    expect(lines.map(([, , place]) => place)).toEqual(['', 'ou-ab12-22222222', 'ou-ab12-11111111', 'ou-ab12-22222222']);
  });

  test('has the id of an OU where the name of one above it was not read', () => {
    const path = 'o-exampleorg1/r-ab12/ou-ab12-11111111/ou-ab12-22222222/';
    const lines = fieldsOf(of({ accounts: [account('a', path)], unitNames: new Map([['ou-ab12-22222222', 'Prod']]) }));
    expect(lines[1]).toEqual(['111122223333', 'a', 'ou-ab12-22222222']);
  });

  test('gives back the names of OUs that were known, to the same organization alone', () => {
    const unitNames = new Map([['ou-ab12-11111111', '本番']]);
    const text = listingText(of({ accounts: [account('a', 'o-exampleorg1/r-ab12/ou-ab12-11111111/')], unitNames }));
    expect(unitNamesIn(text, 'o-exampleorg1')).toEqual(unitNames);
    expect(unitNamesIn(text, 'o-another1234')).toEqual(new Map());
    expect(unitNamesIn('', 'o-exampleorg1')).toEqual(new Map());
    expect(unitNamesIn('nonsense', 'o-exampleorg1')).toEqual(new Map());
  });
});
