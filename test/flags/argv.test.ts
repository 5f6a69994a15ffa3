import { expect, test } from 'vitest';
import { flagsIn, leadBackOf } from '../../src/flags/argv.ts';
import { createSpeech, en } from '../../src/words/index.ts';

test.each<[string[], Record<string, string>, string]>([
  [[], {}, 'rootctl enable'],
  [['--sandbox'], {}, 'rootctl enable --sandbox'],
  [[], { ROOTCTL_SANDBOX: '1' }, 'rootctl enable --sandbox'],
  [['--profile', 'audit'], {}, 'rootctl enable --profile audit'],
  [['--region=eu-west-1', '--config', 'my file'], {}, "rootctl enable --region eu-west-1 --config 'my file'"],
  [['--endpoint-url', 'http://x:4566'], {}, 'rootctl enable --endpoint-url http://x:4566'],
  [['--endpoint-url', 'https://u:p@x:4566'], {}, 'rootctl enable --endpoint-url https://x:4566'],
  [[], { AWS_PROFILE: 'audit', AWS_REGION: 'eu-west-1' }, 'rootctl enable'],
  [['--', '--sandbox'], {}, 'rootctl enable'],
  [['-o', 'json', '--lang', 'ja'], {}, 'rootctl enable'],
])('a command to paste leads back to the organization of %j and %j', (argv, env, command) => {
  const speech = createSpeech(en, leadBackOf(flagsIn(argv), env));
  expect(speech.rootctl('enable')).toBe(command);
  expect(speech.rootctl('policy', 'iam')).toBe('rootctl policy iam');
});

test.each<[string[], string | undefined]>([
  [['-o', 'json'], 'json'],
  [['-ojson'], 'json'],
  [['-o=json'], 'json'],
  [['--output=json'], 'json'],
  [['-o', 'table', '--output', 'json'], 'json'],
  [['-o'], undefined],
  [['--only', 'x'], undefined],
  [['--', '-o', 'json'], undefined],
])('the format in %j is %s', (argv, format) => {
  expect(flagsIn(argv).output).toBe(format);
});
