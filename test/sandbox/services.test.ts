import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { services } from '../../src/sandbox/services/index.ts';

const folder = join(import.meta.dirname, '..', '..', 'src', 'sandbox');
const names = services.map(({ name }) => name);

describe('the list of services', () => {
  test('holds each folder of services once', () => {
    const folders = readdirSync(join(folder, 'services'), { withFileTypes: true }).filter((one) => one.isDirectory());
    expect([...names].sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  test.each(names)('gives the hosts of %s to it alone', (name) => {
    for (const host of [
      `${name}.amazonaws.com`,
      `${name}.eu-west-1.amazonaws.com`,
      `${name}-fips.us-east-1.amazonaws.com`,
    ])
      expect(services.filter(({ endpointOf }) => endpointOf(host) !== undefined).map((one) => one.name)).toEqual([
        name,
      ]);
  });

  test('leaves unsigned requests that nobody claims to one service', () => {
    expect(services.filter(({ claims }) => claims === 'the rest')).toHaveLength(1);
  });
});

/** Where a service is named all the same, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'not-simulated.ts': "the protocols of AWS's services that are not simulated",
  'defaults.ts': 'what a credential was last used for',
};

test('no other file of the sandbox names a service', () => {
  const quoted = new RegExp(`['"\`](?:${names.join('|')})['"\`]`, 'u');
  const naming = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^services[/\\]/u.test(file))
    .filter((file) => quoted.test(readFileSync(join(folder, file), 'utf8')));
  expect(naming.sort()).toEqual(Object.keys(exceptions).sort());
});
