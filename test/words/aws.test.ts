import { describe, expect, test } from 'vitest';
import { AwsError, ConnectionError, failureOf, malformed } from '../../src/aws/failure.ts';
import { type Problem, problemIn, type Saying } from '../../src/problems/index.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import { english } from '../support/speech.ts';

const japanese = createSpeech(await loadWords('ja'), []);
const both = (of: Problem): readonly string[] => [english.entryOf(of).message, japanese.entryOf(of).message];

describe('what rootctl says of a call to AWS', () => {
  test.each<[string, readonly Saying[], readonly string[]]>([
    [
      'a field that is missing',
      [{ say: 'not-whole' }, { say: 'missing', field: 'Accounts.member.Id' }],
      [
        'ListAccounts: the response is incomplete: Accounts.member.Id is missing',
        'ListAccounts: 応答が不完全です: Accounts.member.Id がありません',
      ],
    ],
    [
      'a web page',
      [
        { say: 'not-aws', host: 'proxy.example', status: 302 },
        { say: 'content-type', type: null },
      ],
      [
        'ListAccounts: proxy.example did not respond like AWS (HTTP 302, no content type)',
        'ListAccounts: proxy.example の応答は AWS のものではありません (HTTP 302、Content-Type なし)',
      ],
    ],
  ])('%s', (_what, said, sentences) => {
    expect(both(malformed('ListAccounts', said).problem)).toEqual(sentences);
  });

  test('stands around what the network said', () => {
    const error = new ConnectionError(
      'ECONNREFUSED',
      [{ say: 'proxy', host: 'p:3128', variable: 'HTTPS_PROXY' }],
      'no',
    );
    expect(both(new AwsError('GetCallerIdentity', failureOf(error)).problem)).toEqual([
      'GetCallerIdentity: AWS could not be reached: the proxy p:3128 (HTTPS_PROXY): no',
      'GetCallerIdentity: AWS に接続できませんでした: プロキシ p:3128 (HTTPS_PROXY): no',
    ]);
  });

  test.each<[string, Error, string]>([
    [
      'the system, which names it',
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      'GetCallerIdentity: AWS could not be reached: connect ECONNREFUSED 127.0.0.1:9',
    ],
    [
      'the proxy in front of which the system named it',
      new ConnectionError(
        'ECONNREFUSED',
        [
          { say: 'proxy', host: 'p:3128', variable: 'HTTPS_PROXY' },
          { say: 'system', code: 'ECONNREFUSED' },
        ],
        'connect ECONNREFUSED 10.0.0.1:3128',
      ),
      'GetCallerIdentity: AWS could not be reached: the proxy p:3128 (HTTPS_PROXY): connect ECONNREFUSED 10.0.0.1:3128',
    ],
    [
      'Node, which does not',
      Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
      'GetCallerIdentity: AWS could not be reached: socket hang up (ECONNRESET)',
    ],
    [
      'AWS, whatever it says',
      Object.assign(new Error('AccessDenied by somebody'), { name: 'AccessDenied' }),
      'GetCallerIdentity: AccessDenied by somebody (AccessDenied)',
    ],
  ])('has its code once when it comes from %s', (_whom, error, phrase) => {
    const { problem } = new AwsError('GetCallerIdentity', failureOf(error));
    expect(english.phraseOf(problem)).toBe(phrase);
    expect(english.phraseOf(problemIn(english.entryOf(problem)))).toBe(phrase);
  });

  test('is data that comes back from a document; what is none of it is told as it was', () => {
    const { problem } = malformed('ListRoots', { say: 'endless-list', pages: 200, empty: 200 });
    const entry = english.entryOf(problem);
    expect(problemIn(entry)).toEqual(problem);
    for (const said of [[{ say: 'unheard-of' }], [{ say: 'endless-list', pages: '200', empty: 200 }], 'aws'])
      expect(problemIn({ ...entry, data: { ...problem.data, said } }).from).toBe('told');
  });
});
