import { describe, expect, it } from 'vitest';
import { renderEnable } from '../../src/render/enable.ts';
import { renderRecover } from '../../src/render/recover.ts';
import { createPaint } from '../../src/render/style.ts';
import { widthOf } from '../../src/render/text.ts';
import { renderUnlock } from '../../src/render/unlock.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech } from '../../src/words/index.ts';
import { ja } from '../../src/words/ja.ts';
import * as samples from '../documents/samples.ts';
import { english } from '../support/speech.ts';

const view: View = {
  columns: 100,
  nowMs: Date.parse('2026-02-01T00:00:00Z'),
  paint: createPaint(0),
  speech: createSpeech(ja, ['--sandbox']),
  english,
};

describe('in Japanese', () => {
  it('enable shows before and now in columns', () => {
    const text = renderEnable(samples.enabled, view);
    expect(text).toMatchInlineSnapshot(`
      "                          変更前  現在
      IAM の信頼されたアクセス  無効    有効
      ルート認証情報の管理      無効    有効
      ルートセッション          無効    有効
      有効にしました。認証情報は削除していません。次のステップ: rootctl status --sandbox
      "
    `);
    const [title = '', ...rows] = text.split('\n');
    const columnOf = (line: string, word: string) => widthOf(line.slice(0, line.indexOf(word)));
    for (const row of rows.slice(0, 3)) expect(columnOf(row, '無効')).toBe(columnOf(title, '変更前'));
  });

  it('disable says that nothing was deleted', () => {
    const disabled = { ...samples.enabled, kind: 'rootctl.disable' } as const;
    expect(renderEnable(disabled, view)).toContain('メンバーアカウントでは何も削除または復元していません。');
  });

  it('recover says what to do next', () => {
    expect(renderRecover(samples.recovered, view)).toMatchInlineSnapshot(`
      "✔ data-lake (210987654321): パスワードの復旧を許可しました (root@data-lake.example)
      次のステップ:
        1. AWS サインインページを開き、ルートユーザーを選択して root@data-lake.example を入力し、
           [パスワードを忘れた場合] を選択します。
        2. MFA を設定してから、ルートユーザーにしかできない作業を行います。
        3. 作業が終わったら、ルートユーザーのパスワードを再び削除します:
           rootctl delete 210987654321 --sandbox
      "
    `);
  });

  it('unlock marks the statement that locks, and says why', () => {
    expect(renderUnlock(samples.unlocked, view)).toMatchInlineSnapshot(`
      "data-lake (210987654321) のバケット data-lake-raw (eu-central-1)
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Oops",
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:*"
            }
          ]
        }

      ✖ ステートメント 1 (Oops): 全員をロックアウトしています。全員に対して s3:* を無条件で
        拒否しています。
      ✔ ポリシーを削除しました。
      以前のポリシーは /home/me/.local/state/rootctl/policies/data-lake-raw.json に保存されています
      復元: rootctl unlock s3 --account 210987654321 --bucket data-lake-raw --put-policy
        /home/me/.local/state/rootctl/policies/data-lake-raw.json --sandbox
      "
    `);
  });
});
