import type { deletion as en } from '../en/deletion.ts';

export const deletion: typeof en = {
  unusedFor: (span) => `過去 ${span}以内にルートユーザーが使用されたアカウントは対象外です。`,
  unusedForShort: (span) =>
    `--unused-for で対象外になるのは、過去 ${span}以内に使用されたアカウントだけです (90 日は 90d)`,
  cutShort: {
    'listing-failed': 'アカウントを一覧表示できませんでした: 何も削除していません',
    interrupted: '読み取り中に中断されました: 何も削除していません',
  },
  planWritten: (path, command) => `計画を ${path} に書き込みました。実行するには: ${command}`,
  allDone: '確認した作業はすべて開始済みで、完了しました。再開する作業はありません。',
  lostResult: (runId, command) => `実行 ${runId}: 結果を書き込めませんでした。結果を見るには: ${command}`,
  resumeWith: (command) => `再開するには: ${command}`,
  nothingLeft: (runId) => `実行 ${runId} には、残っている作業はありません。`,
};
