import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { DoctorDocument } from '../../src/documents/index.ts';
import { problem } from '../../src/problems/index.ts';
import { renderDoctor } from '../../src/render/doctor.ts';
import { formats } from '../../src/render/index.ts';
import { noPaint } from '../../src/render/style.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import * as samples from '../documents/samples.ts';
import { english } from '../support/speech.ts';
import * as story from './story.ts';

const japanese = createSpeech(await loadWords('ja'), ['--sandbox']);
const view = { columns: 110, nowMs: story.nowMs, paint: noPaint, speech: japanese, english };

const document: DoctorDocument = {
  ...samples.doctor,
  checks: [
    ...samples.doctor.checks,
    {
      id: 'organization',
      result: 'fail',
      finding: {
        finding: 'problem',
        problem: problem('UnsupportedPartition', { partition: 'aws-cn' }),
        met: null,
        isHinted: true,
      },
      cure: null,
    },
    {
      id: 'root-session',
      result: 'unknown',
      finding: { finding: 'not-looked-at', why: { because: 'check-failed', check: 'organization' } },
      cure: null,
    },
  ],
  scp: [
    ...samples.doctor.scp,
    {
      account: '666666666666',
      verdict: 'cannot-tell',
      policyId: null,
      policyName: null,
      sid: null,
      targetId: null,
      targetPath: null,
      detail: { detail: 'no-place' },
    },
  ],
};

test('a person reads it in their language, in columns, with commands that lead back', () => {
  const lines = renderDoctor(document, view).trimEnd().split('\n');
  for (const line of lines) expect([line, stringWidth(line) <= view.columns]).toEqual([line, true]);
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "✔  認証情報                arn:aws:sts::111111111111:assumed-role/OrgAdmin/me (ルートユーザーではありません)
    ✖  ルートセッション        無効: rootctl unlock s3 と unlock sqs を実行できません
                               → rootctl enable --only root-sessions --sandbox
    ⚠  SCP                     Workloads/Prod の DenyRootUser (p-denyroot1) により 1 個のアカウントが
                               ブロックされています。ステートメント DenyRoot に "Null": {"aws:AssumedRoot":
                               "true"} を追加してください
                               → rootctl policy scp
    ?  STS リージョン          us-east-1: 応答がありませんでした
    ✖  組織                    パーティション aws-cn ではルートアクセスの一元管理の仕組みが異なるため、rootctl は
                               対応していません (UnsupportedPartition)。商用パーティション (aws) の組織の
                               認証情報を使用してください
    ?  ルートセッションの開始  未確認: 「組織」の確認に失敗したため
      ブロック: 555555555555。Workloads/Prod (ou-root-prod) の DenyRootUser (p-denyroot1) のステートメント
        DenyRoot
      不明: 666666666666。組織内でのアカウントの場所が AWS の応答にありません
    2 件の確認に失敗、3 件は要確認です。"
  `);
});

test('data stays English: sentences, and cures as commands', () => {
  const written = JSON.parse(formats.json.render(document, view));
  expect(written.checks.map(({ message }: { message: string }) => message)).toEqual([
    'arn:aws:sts::111111111111:assumed-role/OrgAdmin/me (not a root user)',
    'off: rootctl unlock s3 and unlock sqs will not work',
    'DenyRootUser (p-denyroot1) on Workloads/Prod blocks 1 account: add "Null": {"aws:AssumedRoot": "true"} to statement DenyRoot',
    'us-east-1: did not respond',
    'centralized root access works differently in the partition aws-cn, and rootctl does not support it there (UnsupportedPartition); use credentials of an organization in the commercial partition (aws)',
    'not checked: the check "organization" failed',
  ]);
  expect(written.checks.map(({ cure }: { cure: string | null }) => cure).slice(0, 3)).toEqual([
    null,
    'rootctl enable --only root-sessions',
    'rootctl policy scp',
  ]);
  expect(written.scp.at(-1).detail).toBe('AWS does not say where the account is in the organization');
});
