import type { JournalFlaw, Obstacle } from '../../problems/index.ts';
import type { stateProblems as entries } from '../../problems/state.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';

/** Why a file cannot be used: a clause. */
export function obstacle(what: Obstacle): string {
  switch (what.is) {
    case 'system':
      return what.said;
    case 'link':
      return `${of(what)}シンボリックリンクです`;
    case 'folder':
      return `${of(what)}フォルダです`;
    case 'no-file':
      return `${of(what)}通常のファイルではありません`;
    case 'foreign':
      return `別のユーザー (uid ${what.uid}) が所有しています`;
    case 'stuck-lock':
      return `ロック ${what.file} を取得できません。他の rootctl が実行中でないことを確認してから、削除してください`;
    case 'no-journal':
      return '実行のジャーナルが含まれていません';
  }
}

const of = ({ path }: { readonly path: string | null }): string => (path === null ? '' : `${path} は`);

function flaw(what: JournalFlaw): string {
  switch (what.is) {
    case 'alien':
      return `${what.line} 行目がジャーナルの行ではありません`;
    case 'torn':
      return `${what.line} 行目が前の行とつながっていません。ジャーナルが切り詰められたか、編集されています`;
    case 'no-header':
      return '最初の行がありません';
    case 'no-plan':
      return `記録されている計画が rootctl の計画ではありません: ${documentFlaw(what.flaw)}`;
    case 'other-plan':
      return '記録されている計画が別の組織のものです';
    case 'other-run':
      return '別の実行のジャーナルです。ファイルがコピーされたか、名前が変更されています';
    case 'cut':
      return '最後の行が途中で切れています。書き込み中に強制終了されたか、ファイルの末尾が失われています';
    case 'no-end':
      return '終了の記録がありません。実行が強制終了されたか、末尾の行が失われています';
  }
}

export const stateProblems: ProblemWordsOf<keyof typeof entries> = {
  StateFolderUnwritable: {
    message: ({ folder, why }) => `状態フォルダ ${folder} にアクセスできません: ${obstacle(why)}`,
    hint: () => '状態フォルダの空き容量とアクセス権を確認するか、XDG_STATE_HOME で別のフォルダを指定してください',
  },
  StateFolderInsecure: {
    message: ({ folder, uid }) =>
      uid === null
        ? `状態フォルダ ${folder} には他のユーザーがアクセスでき、アクセス権を変更できません`
        : `状態フォルダ ${folder} は別のユーザー (uid ${uid}) が所有しています`,
    hint: ({ uid }) =>
      uid === null
        ? 'XDG_STATE_HOME で別のフォルダを指定してください'
        : '中のファイルが自分のものとは限りません。XDG_STATE_HOME で別のフォルダを指定してください',
  },
  JournalUnwritable: {
    message: ({ path, why }) => `ジャーナル ${path} に書き込めません: ${obstacle(why)}`,
    hint: ({ runId }, { cure }) =>
      runId === null
        ? '状態フォルダ (XDG_STATE_HOME) の空き容量とアクセス権を確認してください'
        : `状態フォルダ (XDG_STATE_HOME) の空き容量とアクセス権を確認してから、再開してください: ${cure}`,
  },
  RunInProgress: {
    message: ({ runId, organizationId, pid, since }) =>
      `実行 ${runId} が組織 ${organizationId} を処理中です (pid ${pid}、開始 ${since})`,
    hint: (_, { cure }) => `終了を待つか、進行状況を確認してください: ${cure}`,
  },
  JournalFlaw: { message: ({ flaw: what }) => flaw(what) },
  UnusableFile: { message: ({ why }) => obstacle(why) },
  NoJournal: { message: ({ path, why }) => `${path} は実行のジャーナルではありません: ${obstacle(why)}` },
  UnreadableJournal: {
    message: ({ runId, why }) => `実行 ${runId} のジャーナルを読み取れません: ${obstacle(why)}`,
    hint: (_, { cure }) => `実行を一覧表示してください: ${cure}`,
  },
  UnknownRun: {
    message: ({ runId, folder }) => `${folder} に実行 ${runId} はありません`,
    hint: ({ last }, { cure }) =>
      last === null ? 'このマシンにはまだ実行の記録がありません' : `最新の実行は ${last} です。一覧表示: ${cure}`,
  },
  JournalDamaged: {
    message: ({ runId, flaw: what }) => `実行 ${runId} のジャーナルは信頼できません: ${flaw(what)}`,
    hint: (_, { cure }) => `新しい計画を作成してください: ${cure}`,
  },
  NothingToResume: {
    message: ({ runId }) => `実行 ${runId} は計画に基づく削除ではありません`,
    hint: () => '再開できるのは delete の実行だけです',
  },
  JournalOfEarlierVersion: {
    message: ({ runId, version }) =>
      `実行 ${runId} は rootctl ${version} によるもので、対象外にしたアカウントが記録されていません`,
    hint: (_, { cure }) => `新しい計画を作成してください: ${cure}`,
  },
};
