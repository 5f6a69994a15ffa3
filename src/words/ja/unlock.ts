import type { unlock as en } from '../en/unlock.ts';
import { grammar } from './grammar.ts';

const { number } = grammar;

const holders = { s3: 'バケット', sqs: 'キュー' };
const ofRegion = (region: string | null): string => (region === null ? '' : ` (${region})`);

export const unlock: typeof en = {
  titles: { s3: 'バケット', sqs: 'キュー', region: 'リージョン' },
  none: (service, owner, region) => `${owner} に${holders[service]}はありません${ofRegion(region)}。`,
  listed: (service, holderCount, owner, region) =>
    `${owner} の${holders[service]}: ${number(holderCount)} 個${ofRegion(region)}`,
  holder: (service, name, owner, region) => `${owner} の${holders[service]} ${name}${ofRegion(region)}`,
  noPolicy: (holder) =>
    `${holder} にポリシーはないため、ポリシーによるロックアウトではありません。KMS キー、VPC エンドポイントポリシー、SCP を確認してください。`,
  statement: (at, sid) => `ステートメント ${at}${sid === null ? '' : ` (${sid})`}`,
  locks: {
    yes: (statement, why) => `${statement}: 全員をロックアウトしています。${why}`,
    unsure: (statement, why) => `${statement}: 全員をロックアウトしている可能性があります。${why}`,
    no: (statement, why) => `${statement}: ロックアウトしていません。${why}`,
  },
  next: (command) => `次のステップ: ${command}`,
  nothingLocks: '全員をロックアウトするステートメントはありません。',
  dryRun: 'これはドライランです。ポリシーは変更していません。',
  done: {
    deleted: 'ポリシーを削除しました。',
    replaced: 'ポリシーを置き換えました。',
    put: 'ポリシーを設定しました。',
  },
  kept: (path) => `以前のポリシーは ${path} に保存されています`,
  restore: (command) => `復元: ${command}`,
};
