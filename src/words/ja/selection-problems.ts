import type { DataOfCode } from '../../problems/index.ts';
import type { selectionProblems as entries } from '../../problems/selection.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { shared } from './shared.ts';

type DeadEnd = Pick<DataOfCode<'UnknownOrganizationalUnit'>, 'named' | 'missing' | 'place' | 'there' | 'near'>;

const noSuchUnit = ({ named, missing, place }: DeadEnd): string =>
  `組織単位 (OU) ${named} は存在しません: ${place} に ${missing} はありません`;

function unitsThere({ place, there, near }: DeadEnd): string {
  const list = there.length === 0 ? `${place} の下に OU はありません` : `${place} にある OU: ${there.join(', ')}`;
  return near === null ? list : `${near} ではありませんか? ${list}`;
}

const who = ({ id, name }: { readonly id: string; readonly name: string }): string => `${name} (${id})`;

const andOthers = (others: number): string =>
  others === 0 ? '' : `。選択された他の ${others} 個のアカウントも対象にできません`;

const twelveDigits = 'アカウント ID は、先頭のゼロを含む 12 桁の数字です';

/** The arguments have no name of their own. */
const sourceOf = (source: string | null): string => source || '引数';

export const selectionProblems: ProblemWordsOf<keyof typeof entries> = {
  EmptyValue: { message: ({ flag }) => `${flag} が空です`, hint: () => '値を指定するか、オプションを外してください' },
  InvalidTag: {
    message: ({ tag }) => `--tag ${JSON.stringify(tag)} にキーがありません`,
    hint: () => '--tag KEY または --tag KEY=VALUE の形式で指定してください',
  },
  InvalidJoinedSince: {
    message: ({ word }) => `--joined-since ${JSON.stringify(word)} は期間でも日付でもありません`,
    hint: () => '期間 (30d、12h) か、UTC の日付 (2026-01-15、2026-01-15T09:30:00Z) を指定してください',
  },
  ContradictingSelection: {
    message: () => '--all はすべてのアカウントを対象とするため、他の選択オプションと同時に指定できません',
    hint: () =>
      '--all か、他のオプションのどちらかを外してください。アカウントを除外するには --exclude を使用してください',
  },
  InvalidAccountId: {
    message: ({ word, source, line }) =>
      line === null
        ? `${source === null ? '' : `${source} `}${word} はアカウント ID ではありません`
        : `${sourceOf(source)} の ${line} 行目の ${JSON.stringify(word)} はアカウント ID ではありません`,
    hint: () => twelveDigits,
  },
  EmptySelection: {
    message: ({ of, why }) => {
      switch (why) {
        case 'not-said':
          return `${of} の対象アカウントが指定されていません`;
        case 'dumb-terminal':
          return `${of} の対象アカウントが指定されていません。この端末 (TERM=dumb) では一覧を表示できません`;
        case 'empty-list':
          return `${sourceOf(of)}にアカウントが 1 つもありません`;
      }
    },
    hint: ({ why }) =>
      why === 'empty-list'
        ? 'アカウント ID を 1 行に 1 つ記述してください。# 以降はコメントです'
        : '--all、アカウント ID、--accounts、--ou、--tag、--name、--joined-since のいずれかで指定してください',
  },
  UnknownAccount: {
    message: ({ accounts: [first, ...others], rule, organizationId }) => {
      const subject = rule === null ? `アカウント ${first} は` : `${rule}: このアカウントは`;
      const more = others.length === 0 ? '' : ` (他 ${others.length} 個: ${others.slice(0, 5).join(', ')})`;
      return `${subject}組織 ${organizationId} に属していません${more}`;
    },
    hint: ({ nearId, nearName }, { cure }) =>
      nearId === null ? `アカウントを一覧表示してください: ${cure}` : `${nearId} (${nearName ?? ''}) ではありませんか?`,
  },
  NothingSelected: {
    message: ({ organizationId }) => `組織 ${organizationId} に、選択に一致するアカウントはありません`,
    hint: (_, { cure }) => `アカウントを一覧表示してください: ${cure}`,
  },
  UnknownOrganizationalUnit: {
    message: (data) => {
      switch (data.why) {
        case 'no-root':
          return '組織にルートがありません';
        case 'no-such-id':
          return `組織に組織単位 (OU) ${data.named} は存在しません`;
        case 'no-such-path':
          return noSuchUnit(data);
        case 'cannot-tell':
          return `${data.named} が組織単位 (OU) かどうかを判断できません: ${data.operation ?? 'AWS'} が拒否されました`;
      }
    },
    hint: (data) => {
      switch (data.why) {
        case 'no-root':
          return '認証情報を確認してください';
        case 'no-such-id':
          return 'OU を一覧表示してください: aws organizations list-organizational-units-for-parent --parent-id ROOT-ID';
        case 'no-such-path':
          return unitsThere(data);
        case 'cannot-tell':
          return 'organizations:ListRoots と organizations:ListOrganizationalUnitsForParent を許可するか、ID、または * を含むアカウント名のパターンで指定してください';
      }
    },
  },
  InvalidPath: {
    message: ({ path }) => `${JSON.stringify(path)} は組織単位 (OU) のパスではありません: 空の名前が含まれています`,
    hint: () =>
      'Workloads/Prod のように、ルートから順に名前を記述してください。組織全体を対象にするには --all を使用してください',
  },
  AmbiguousPath: {
    message: ({ path, ids }) => `パス ${path} に一致する組織単位 (OU) が ${ids.length} 個あります`,
    hint: ({ ids, paths }) =>
      `ID で指定してください: ${ids.map((id, index) => `${id} (${paths[index] || 'ルート'})`).join(', ')}`,
  },
  UnmatchedExclusion: {
    message: (data) => {
      const nothing = `${data.rule} に一致するアカウントは組織 ${data.organizationId} にありません`;
      switch (data.why) {
        case 'empty-unit':
          return `${nothing}: その組織単位 (OU) にアカウントはありません`;
        case 'no-such-unit':
          return `${nothing}。${noSuchUnit(data)}`;
        case 'no-such-name':
          return nothing;
      }
    },
    hint: (data, { cure }) => {
      switch (data.why) {
        case 'empty-unit':
          return '取り除くか、修正してください';
        case 'no-such-unit':
          return unitsThere(data);
        case 'no-such-name':
          return data.near === null
            ? `アカウントを一覧表示してください: ${cure}`
            : `${data.near} (${data.nearId ?? ''}) ではありませんか?`;
      }
    },
  },
  UnknownPlace: {
    message: ({ rule, ...account }) =>
      `${who(account)} が属する OU が不明なため、${rule ?? '--ou'} に該当するかどうかを判断できません`,
    hint: (_, { cure }) =>
      `organizations:ListRoots と organizations:ListChildren を許可するか (${cure})、アカウントを ID で指定してください`,
  },
  UnknownJoinTime: {
    message: ({ accounts, first, isTaken }) => {
      const whose = accounts === 1 ? `アカウント ${first} ` : `${accounts} 個のアカウント (${first} など) `;
      return `${whose}が組織に参加した日時は不明です。${isTaken ? '対象に含めて表示します' : '対象外とします'}`;
    },
  },
  ManagementAccount: {
    message: ({ as, others, ...account }) =>
      as === 'target'
        ? `${who(account)} は管理アカウントです。AWS はメンバーアカウントでのみルートセッションを開始します${andOthers(others)}`
        : `${account.id} は管理アカウントのため、委任管理者にはできません`,
    hint: ({ as }) =>
      as === 'target'
        ? '管理アカウントのルートユーザーは、通常どおり AWS のサインインページからサインインします'
        : 'メンバーアカウントを指定してください',
  },
  AccountNotActive: {
    message: ({ as, state, others, ...account }) =>
      as === 'target'
        ? `${who(account)} の状態は「${shared.state(state)}」です。AWS はアクティブなアカウントでのみルートセッションを開始します${andOthers(others)}`
        : `${who(account)} の状態は「${shared.state(state)}」です。AWS が受け付けるのはアクティブなアカウントのみです`,
    hint: ({ as }) =>
      as === 'target'
        ? '先にアカウントを再開してください (閉鎖後 90 日以内に AWS サポートに依頼します)'
        : 'アクティブなメンバーアカウントを指定してください',
  },
  AccountExcluded: {
    message: ({ others, ...account }) => `${who(account)} は --exclude により除外されています${andOthers(others)}`,
    hint: () => '除外されていないアカウントを選択するか、--exclude を外してください',
  },
  AccountProtected: {
    message: ({ others, ...account }) => `${who(account)} は設定により保護されています${andOthers(others)}`,
    hint: () => '先に設定ファイルの `protect:` から取り除いてください',
  },
};
