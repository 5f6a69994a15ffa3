import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answeredOperations, requireWhole, wrongInJson, wrongInQuery, wrongInS3 } from '../../src/aws/answers.ts';
import { AwsError, malformed } from '../../src/aws/failure.ts';
import { problemOf, type Saying } from '../../src/problems/index.ts';
import { english } from '../support/speech.ts';

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)],
  );

test('every operation that the source sends says what its answer must have, and nothing else does', () => {
  const sent = sources('src')
    .filter((path) => !path.startsWith(join('src', 'sandbox')))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/new (?:\w+\.)?(\w+)Command\(/gu)])
    .map((match) => match[1]);
  expect(sent.length).toBeGreaterThan(30);
  expect([...answeredOperations].sort()).toEqual([...new Set(sent)].sort());
});

/** As it is said in English. */
const inWords = (wrong: Saying | null): string | null =>
  wrong === null ? null : english.entryOf(malformed('X', wrong).problem).message.slice('X: '.length);

const page = (result: string, operation = 'ListMFADevices'): string =>
  `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`;
const device =
  '<member><SerialNumber>GAHT1234</SerialNumber><EnableDate>2026-01-01T00:00:00Z</EnableDate><UserName/></member>';
const last = '<IsTruncated>false</IsTruncated>';
const summary = (value: string, more = ''): string =>
  page(
    `<SummaryMap>${['AccountPasswordPresent', 'AccountAccessKeysPresent', 'AccountSigningCertificatesPresent']
      .map((key) => `<entry><key>${key}</key><value>0</value></entry>`)
      .join(
        '',
      )}<entry><key>AccountMFAEnabled</key>${value}</entry><entry><key>Users</key><value>3</value></entry>${more}</SummaryMap>`,
    'GetAccountSummary',
  );

// Of texts that an expression would try again at each of their parts; there is no limit but the test's own.
test.each<[string, string]>([
  ['lists that never end', '<AccessKeyMetadata>'],
  ['lists whose tags never end', '<AccessKeyMetadata '],
  ['names that only begin like the list', '<AccessKeyMetadatas>'],
  ['members that never end', '<AccessKeyMetadata><member>'],
  ['keys that never end', '<key> '],
  ['declarations that never end', '<?xml '],
])('an answer of 8 MiB is looked at once, whatever it is made of: %s', (_what, part) => {
  const count = Math.floor((8 * 2 ** 20) / part.length);
  for (const operation of ['ListAccessKeys', 'GetAccountSummary'])
    expect(wrongInQuery(operation, `<${operation}Response>${part.repeat(count)}`)).not.toBeNull();
  expect(wrongInQuery('ListAccessKeys', part.repeat(count))).not.toBeNull();
  const buckets = part.replaceAll('AccessKeyMetadata', 'Buckets').replaceAll('member', 'Bucket');
  expect(wrongInS3('ListBuckets', `<ListAllMyBucketsResult>${buckets.repeat(count)}`)).not.toBeNull();
});

describe('of the Query protocol', () => {
  test.each<[string, string, string]>([
    ['an empty list', 'ListMFADevices', page(`<MFADevices></MFADevices>${last}`)],
    ['an empty list that closes itself', 'ListMFADevices', page(`<MFADevices/>${last}`)],
    ['a list with attributes', 'ListMFADevices', page(`<MFADevices type="list" />${last}`)],
    [
      'a list that goes on',
      'ListMFADevices',
      page(`<MFADevices>${device}</MFADevices><IsTruncated>true</IsTruncated>`),
    ],
    ['no by a program in Python', 'ListMFADevices', page('<MFADevices/><IsTruncated>False</IsTruncated>')],
    [
      'a declaration, indentation and no namespace, as moto writes',
      'ListMFADevices',
      `\n<?xml version="1.0" encoding="utf-8"?>\n<ListMFADevicesResponse>\n  <ListMFADevicesResult>\n    <MFADevices>\n      \n      ${device}\n      ${device}\n    </MFADevices>\n    <IsTruncated>\n false </IsTruncated>\n  </ListMFADevicesResult>\n</ListMFADevicesResponse>\n`,
    ],
    ['a summary', 'GetAccountSummary', summary('<value>1</value>')],
    ['a summary with blanks', 'GetAccountSummary', summary('\n  <value> 1\n</value>\n')],
    ['an answer without an output', 'DeleteAccessKey', '<DeleteAccessKeyResponse xmlns="x"/>'],
  ])('%s is whole', (_what, operation, body) => {
    expect(wrongInQuery(operation, body)).toBeNull();
  });

  test.each<[string, string, string, string]>([
    ['nothing', 'ListMFADevices', '', 'ListMFADevicesResponse is missing'],
    ['a web page', 'ListMFADevices', '<!doctype html><html></html>', 'ListMFADevicesResponse is missing'],
    ["another call's answer", 'ListAccessKeys', page(`<MFADevices/>${last}`), 'ListAccessKeysResponse is missing'],
    ['an error with a status of success', 'DeleteAccessKey', '<ErrorResponse/>', 'DeleteAccessKeyResponse is missing'],
    ['an answer without a list', 'ListMFADevices', page(last), 'MFADevices is not a list'],
    ['words for a list', 'ListMFADevices', page(`<MFADevices>none</MFADevices>${last}`), 'MFADevices is not a list'],
    [
      'a list with a stranger in it',
      'ListMFADevices',
      page(`<MFADevices>${device}<device/></MFADevices>${last}`),
      'MFADevices is not a list',
    ],
    ['a list that is cut off', 'ListMFADevices', page(`<MFADevices>${device}`), 'MFADevices is not a list'],
    ['no end', 'ListMFADevices', page('<MFADevices/>'), 'IsTruncated is neither true nor false'],
    ['an empty end', 'ListMFADevices', page('<MFADevices/><IsTruncated/>'), 'IsTruncated is neither true nor false'],
    [
      'a yes that the SDK reads as a no',
      'ListMFADevices',
      page('<MFADevices/><IsTruncated> true </IsTruncated>'),
      'IsTruncated is neither true nor false',
    ],
    ...['<value/>', '<value></value>', '<value>x</value>', '<value>-1</value>', '<value>0x0</value>', ''].map(
      (value): [string, string, string, string] => [
        `the number ${value}`,
        'GetAccountSummary',
        summary(value),
        'SummaryMap.AccountMFAEnabled is not a whole number',
      ],
    ),
    [
      'a number that is there twice, and differs',
      'GetAccountSummary',
      summary('<value>1</value>', '<entry><key>AccountMFAEnabled</key><value>0</value></entry>'),
      'SummaryMap.AccountMFAEnabled appears twice',
    ],
  ])('%s is no answer', (_what, operation, body, wrong) => {
    expect(inWords(wrongInQuery(operation, body))).toBe(wrong);
  });
});

test.each<[string, (operation: string, body: string) => Saying | null, string, string, string | null]>([
  ['an object', wrongInJson, 'ListAccounts', ' {"Accounts":[]}', null],
  ['nothing', wrongInJson, 'ListAccounts', '', 'not a JSON object'],
  ['a list', wrongInJson, 'ListAccounts', '[]', 'not a JSON object'],
  ['nothing where there is no output', wrongInJson, 'EnableAWSServiceAccess', '', null],
  ['a page where there is no output', wrongInJson, 'EnableAWSServiceAccess', '<html>', 'not a JSON object'],
  ['nothing where there is no output, of a queue', wrongInJson, 'SetQueueAttributes', '', null],
  ['a policy', wrongInS3, 'GetBucketPolicy', '{"Version":"2012-10-17"}', null],
  ['nothing of a change', wrongInS3, 'DeleteBucketPolicy', '', null],
  ['a page of a change', wrongInS3, 'DeleteBucketPolicy', '<html>', 'a body where AWS sends none'],
  ['no buckets', wrongInS3, 'ListBuckets', '<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>', null],
  ['no list of buckets', wrongInS3, 'ListBuckets', '<ListAllMyBucketsResult/>', 'Buckets is not a list'],
  ['a page for buckets', wrongInS3, 'ListBuckets', '<html/>', 'ListAllMyBucketsResult is missing'],
])('of another protocol: %s', (_what, wrongIn, operation, body, wrong) => {
  expect(inWords(wrongIn(operation, body))).toBe(wrong);
});

const account = { Id: '111111111111', Name: '', State: 'ACTIVE', Paths: ['o-exampleorgid/r-abcd/ou-abcd-12345678/'] };
const date = new Date('2026-01-01T00:00:00Z');
const credentials = { AccessKeyId: 'ASIAX', SecretAccessKey: 's', SessionToken: 't', Expiration: date };
const organization = { Id: 'o-exampleorgid', MasterAccountId: '111111111111', FeatureSet: 'ALL' };
const key = { AccessKeyId: 'AKIAX', Status: 'Active', CreateDate: date };

test.each<[string, string, object]>([
  ['an account without a place', 'ListAccounts', { Accounts: [{ ...account, Paths: undefined }] }],
  [
    'an account with its status alone',
    'ListAccounts',
    { Accounts: [{ ...account, State: undefined, Status: 'ACTIVE' }] },
  ],
  ['a state of next year', 'ListAccounts', { Accounts: [{ ...account, State: 'ARCHIVED' }] }],
  ['an empty page that goes on', 'ListAccounts', { Accounts: [], NextToken: 'x' }],
  ['a user without a last use', 'GetUser', { User: { Arn: 'arn:aws:iam::111111111111:root' } }],
  ['a key that was never used', 'GetAccessKeyLastUsed', { AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } }],
  [
    'a key used before services were named',
    'GetAccessKeyLastUsed',
    { AccessKeyLastUsed: { LastUsedDate: date, ServiceName: 'N/A', Region: 'N/A' } },
  ],
  ['a last page of keys', 'ListAccessKeys', { AccessKeyMetadata: [key], IsTruncated: false }],
  ['no queues', 'ListQueues', {}],
  [
    'a queue of an emulator',
    'ListQueues',
    { QueueUrls: ['http://localhost:4566/queue/us-east-1/000000000000/a.fifo'] },
  ],
  ['a queue without a policy', 'GetQueueAttributes', { Attributes: { QueueArn: 'arn:aws:sqs:eu-west-1:1:q' } }],
  ['no features', 'ListOrganizationsFeatures', { EnabledFeatures: [] }],
])('%s is whole', (_what, operation, output) => {
  expect(requireWhole(operation, output)).toBe(output);
});

function messageOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return english.entryOf(problemOf(error)).message;
  }
}

const hostile = [
  '../../../pwned',
  'o-../../../pwned',
  'o-exampleorgid/../x',
  'o-example\u001b[2Jorgid',
  'o-EXAMPLEORGID',
  '',
];

test.each<[string, string, object, string]>([
  ['a list that is none', 'ListAccounts', {}, 'Accounts is missing'],
  ['an object for a list', 'ListAccounts', { Accounts: {} }, 'Accounts is not a list'],
  ['nothing in a list', 'ListAccounts', { Accounts: [null] }, 'Accounts.member is missing'],
  [
    'an account without a state',
    'ListAccounts',
    { Accounts: [{ ...account, State: '' }] },
    'Accounts.member.State is missing',
  ],
  [
    'a place that is none',
    'ListAccounts',
    { Accounts: [{ ...account, Paths: ['x'] }] },
    'Accounts.member.Paths.member is not in the form that AWS uses',
  ],
  ['an empty token', 'ListAccounts', { Accounts: [], NextToken: '' }, 'NextToken is not in the form that AWS uses'],
  [
    'a cut list without a marker',
    'ListAccessKeys',
    { AccessKeyMetadata: [], IsTruncated: true },
    'Marker is missing, although the list continues',
  ],
  ['a list that does not say whether it is cut', 'ListAccessKeys', { AccessKeyMetadata: [] }, 'IsTruncated is missing'],
  [
    'a key without an age',
    'ListAccessKeys',
    { AccessKeyMetadata: [{ ...key, CreateDate: undefined }], IsTruncated: false },
    'AccessKeyMetadata.member.CreateDate is missing',
  ],
  [
    'a number that is none',
    'GetAccountSummary',
    { SummaryMap: { AccountPasswordPresent: Number.NaN } },
    'SummaryMap.AccountPasswordPresent is not a whole number',
  ],
  [
    'a service without a time',
    'GetAccessKeyLastUsed',
    { AccessKeyLastUsed: { ServiceName: 's3', Region: 'us-east-1' } },
    'AccessKeyLastUsed.LastUsedDate is missing, although a service or a region is named',
  ],
  [
    'a last use without anything',
    'GetAccessKeyLastUsed',
    { AccessKeyLastUsed: {} },
    'AccessKeyLastUsed.ServiceName is missing',
  ],
  [
    'a session without its end',
    'AssumeRoot',
    { Credentials: { ...credentials, Expiration: undefined } },
    'Credentials.Expiration is missing',
  ],
  ['a root without policy types', 'ListRoots', { Roots: [{ Id: 'r-abcd' }] }, 'Roots.member.PolicyTypes is missing'],
  ['a queue that is not named', 'GetQueueAttributes', { Attributes: {} }, 'Attributes.QueueArn is missing'],
  ['a policy that is a page', 'GetBucketPolicy', { Policy: '<html>' }, 'Policy is not in the form that AWS uses'],
  [
    'a region that leads elsewhere',
    'ListBuckets',
    { Buckets: [{ Name: 'a', BucketRegion: 'x.evil.example/' }] },
    'Buckets.member.BucketRegion is not in the form that AWS uses',
  ],
  [
    'a bucket that leads elsewhere',
    'ListBuckets',
    { Buckets: [{ Name: '../a' }] },
    'Buckets.member.Name is not in the form that AWS uses',
  ],
  ...hostile.map((Id): [string, string, object, string] => [
    `the organization ${JSON.stringify(Id)}`,
    'DescribeOrganization',
    { Organization: { ...organization, Id } },
    'Organization.Id is not in the form that AWS uses',
  ]),
  ...['11111111111', '../../111111', '11111111111\n', '１１１１１１１１１１１１'].map(
    (Id): [string, string, object, string] => [
      `the account ${JSON.stringify(Id)}`,
      'ListAccounts',
      { Accounts: [{ ...account, Id }] },
      'Accounts.member.Id is not in the form that AWS uses',
    ],
  ),
  ...['AKIA\u001b[2J', '../AKIAX', 'AKIA X', ''].map((AccessKeyId): [string, string, object, string] => [
    `the key ${JSON.stringify(AccessKeyId)}`,
    'ListAccessKeys',
    { AccessKeyMetadata: [{ ...key, AccessKeyId }], IsTruncated: false },
    'AccessKeyMetadata.member.AccessKeyId is not in the form that AWS uses',
  ]),
  [
    'a session key with a path in it',
    'AssumeRoot',
    { Credentials: { ...credentials, AccessKeyId: '../x' } },
    'Credentials.AccessKeyId is not in the form that AWS uses',
  ],
  [
    'a serial number with a line feed',
    'ListMFADevices',
    { MFADevices: [{ SerialNumber: 'a\nb', EnableDate: date }], IsTruncated: false },
    'MFADevices.member.SerialNumber is not in the form that AWS uses',
  ],
])('%s is malformed', (_what, operation, output, wrong) => {
  expect(messageOf(() => requireWhole(operation, output))).toBe(`${operation}: the response is incomplete: ${wrong}`);
});

test.each([
  ['CreateLoginProfile', {}, true],
  ['GetLoginProfile', {}, false],
] as const)(
  'after a malformed answer to %s the effect is unknown exactly if there may be one',
  (operation, output, may) => {
    const thrown = (() => {
      try {
        return requireWhole(operation, output);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(AwsError);
    expect(thrown).toMatchObject({ operation, mayHaveTakenEffect: may, failure: { kind: 'malformed' } });
  },
);

test('an operation without an entry is a mistake of ours', () => {
  expect(() => requireWhole('ListEverything', {})).toThrow('ListEverything has no entry in src/aws/answers.ts');
});
