import type { runs as en } from '../en/runs.ts';
import { grammar } from './grammar.ts';

const { number } = grammar;

const outcomes: ReadonlyMap<string, string> = new Map([
  ['deleted', '削除済み'],
  ['already-gone', 'すでに削除済み'],
  ['absent', '存在しない'],
  ['partial', '一部のみ'],
  ['failed', '失敗'],
  ['unverified', '未検証'],
  ['skipped', '対象外'],
  ['planned', '計画のみ'],
  ['not-attempted', '未実行'],
  ['allowed', '許可済み'],
  ['already-allowed', 'すでに許可済み'],
]);
const word = (outcome: string): string => outcomes.get(outcome) ?? outcome;

export const runs: typeof en = {
  titles: {
    run: '実行 ID',
    command: 'コマンド',
    state: '状態',
    started: '開始',
    took: '所要時間',
    accounts: 'アカウント',
    account: 'アカウント',
    name: '名前',
    outcome: '結果',
    credentials: '認証情報',
    at: '日時',
    event: 'イベント',
    credential: '認証情報',
    request: 'リクエスト ID',
    sessionKey: 'セッションのキー',
    detail: '詳細',
  },
  none: '実行はまだありません。',
  next: (command) => `次のステップ: ${command}`,
  states: { finished: '完了', interrupted: '中断', running: '実行中' },
  outcome: word,
  result: word,
  counted: (count, outcome) => `${outcome} ${number(count)}`,
  ofResult: (result, credentials) => `${result}: ${credentials}`,
  open: {
    allowed: (account, email, ago, reason) =>
      `⚠ ${account}: ${email} 宛てのパスワードの復旧が${ago}に許可され${reason === null ? '' : ` (${reason})`}、まだ有効な可能性があります`,
    unverified: (account, email, ago, reason) =>
      `⚠ ${account}: ${email} 宛てのパスワードの復旧が${ago}に要求され${reason === null ? '' : ` (${reason})`}、応答が不明のため有効な可能性があります`,
  },
  head: (run, command, organization, state) => `実行 ${run} · ${command} · ${organization ?? '組織不明'} · ${state}`,
  started: (at, ago, took) => `開始 ${at} (${ago})${took === null ? '' : `、所要時間 ${took}`}`,
  journal: (path, state) => `ジャーナル ${path}: ${state}`,
  intact: '正常 (すべての行が前の行から続いています)',
  notIntact: (why) => `破損: ${why}`,
  untouched: '変更したアカウントはありません。',
  partlyTold: 'ジャーナルに変更の記録がありますが、すべては読み取れません。イベントを確認してください。',
  untold: 'ジャーナルの読み取れる部分に、変更の記録はありません。変更したアカウントの有無は不明です。',
  all: (events, query, command) =>
    `イベント ${number(events)} 件${query ? 'と、CloudTrail で検索するクエリ' : ''}: ${command}`,
  inCloudTrail: 'CloudTrail で同じイベントを検索するクエリ:',
};
