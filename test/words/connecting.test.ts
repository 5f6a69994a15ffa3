import { expect, test } from 'vitest';
import { type DataOfCode, problem } from '../../src/problems/index.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import { english } from '../support/speech.ts';

const japanese = createSpeech(await loadWords('ja'), []);
const bundle = { setting: 'ca_bundle', profile: 'audit' };

test.each<[DataOfCode<'InvalidNetworkSetting'>, string, string]>([
  [
    { setting: 'HTTPS_PROXY', profile: null, flaw: { is: 'no-proxy-address' } },
    'HTTPS_PROXY is not a proxy address such as http://proxy.example.com:3128',
    'HTTPS_PROXY がプロキシのアドレスではありません (例: http://proxy.example.com:3128)',
  ],
  [
    { setting: 'https_proxy', profile: null, flaw: { is: 'lone-percent' } },
    'https_proxy has a user name or password with an unescaped %: write it as %25',
    'https_proxy のユーザー名またはパスワードに % がそのまま含まれています。%25 と記述してください',
  ],
  [
    { ...bundle, flaw: { is: 'unreadable-file', path: 'ca.pem', code: 'ENOENT' } },
    'cannot read the certificates in ca.pem (ca_bundle of profile audit): ENOENT',
    'ca.pem (プロファイル audit の ca_bundle) の証明書を読み取れません: ENOENT',
  ],
  [
    { ...bundle, flaw: { is: 'bad-certificate', path: 'ca.pem', position: 2, of: 3 } },
    'ca.pem (ca_bundle of profile audit): certificate 2 of 3 cannot be read',
    'ca.pem (プロファイル audit の ca_bundle): 3 個中 2 番目の証明書を読み取れません',
  ],
  [
    { setting: 'caCertificates', profile: null, flaw: { is: 'no-certificate', path: null } },
    'caCertificates contains no certificate in PEM format',
    'caCertificates に PEM 形式の証明書がありません',
  ],
])('a setting of the network that cannot be: %j', (data, inEnglish, inJapanese) => {
  const of = problem('InvalidNetworkSetting', data);
  expect([english.entryOf(of).message, japanese.entryOf(of).message]).toEqual([inEnglish, inJapanese]);
});

test('a profile that there is not is told with those that there are, or with how to make one', () => {
  const missing = { profile: 'prid', source: 'flag' } as const;
  const some = problem('UnknownProfile', { ...missing, nearest: ['prod', 'dev'], more: 3 });
  expect([english.entryOf(some).hint, japanese.entryOf(some).hint]).toEqual([
    'existing profiles: prod, dev, and 3 more',
    '存在するプロファイル: prod、dev、他 3 個',
  ]);
  const none = problem('UnknownProfile', { ...missing, nearest: [], more: 0 });
  expect([english.entryOf(none).hint, japanese.entryOf(none).hint]).toEqual([
    'the shared AWS configuration has no profiles; create one: aws configure sso',
    'AWS の共有設定にプロファイルがありません。作成するには: aws configure sso',
  ]);
});
