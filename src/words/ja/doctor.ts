import type { Blocker } from '../../documents/index.ts';
import type { DoctorWords } from '../doctor-words.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { number } = grammar;
const { accounts } = shared;

const labels: DoctorWords['labels'] = {
  credentials: '認証情報',
  organization: '組織',
  'all-features': 'すべての機能',
  'trusted-access': '信頼されたアクセス',
  'root-credentials-management': 'ルート認証情報の管理',
  'root-sessions': 'ルートセッション',
  'sts-region': 'STS リージョン',
  'root-session': 'ルートセッションの開始',
  scp: 'SCP',
  'open-recoveries': '許可中の復旧',
};

const notMade: DoctorWords['notMade'] = (why) => {
  switch (why.because) {
    case 'check-failed':
      return `「${labels[why.check]}」の確認に失敗したため`;
    case 'not-described':
      return 'AWS が組織の情報を返さなかったため';
    case 'trusted-access-off':
      return '信頼されたアクセスが無効なため';
    case 'root-credentials-management-off':
      return 'ルート認証情報の管理が無効なため';
    case 'no-member':
      return 'rootctl の対象にできるアクティブなメンバーアカウントがないため';
  }
};

const switches = {
  'trusted-access': { on: 'iam.amazonaws.com', off: '無効: rootctl の他のすべての機能に必要です' },
  'root-credentials-management': {
    on: '有効',
    off: '無効: ルートユーザー認証情報の読み取りと削除、パスワードの復旧の許可ができません',
  },
  'root-sessions': { on: '有効', off: '無効: rootctl unlock s3 と unlock sqs を実行できません' },
};

const place = ({ policyId, policyName, target }: Blocker): string =>
  policyName === null ? `${target} のどの SCP も許可していないため` : `${target} の ${policyName} (${policyId}) により`;

const mending = ({ policyName, sid, target, action }: Blocker): string =>
  policyName === null
    ? `${action ?? 'これらのアクション'} を許可する SCP (FullAWSAccess) を ${target} にアタッチしてください`
    : `${sid === null ? 'Deny ステートメント' : `ステートメント ${sid} `}に "Null": {"aws:AssumedRoot": "true"} を追加してください`;

export const doctor: DoctorWords = {
  labels,
  notMade,
  findings: {
    'not-looked-at': ({ why }) => `未確認: ${notMade(why)}`,
    problem: (finding, told) => {
      const text = told(finding);
      switch (finding.met?.at) {
        case undefined:
          return text;
        case 'listing':
          return `アカウントを一覧表示できなかったため、試行していません: ${text}`;
        case 'policies':
          return `読み取れませんでした: ${text}`;
        case 'member':
          return `${finding.met.account.name} (${finding.met.account.id}): ${text}`;
      }
    },
    caller: ({ arn, isRoot }) =>
      isRoot
        ? `${arn} はルートユーザーです。AWS でルートセッションを開始できるのは IAM ロールと IAM ユーザーのみです。ルートユーザーのこのアクセスキーは削除してください`
        : `${arn} (ルートユーザーではありません)`,
    place: ({ organization, role, caller, managementAccount }) => {
      switch (role) {
        case 'management':
          return `${organization} (管理アカウントから実行)`;
        case 'delegated-administrator':
          return `${organization} (委任管理者 ${caller} から実行)。enable と disable は管理アカウント ${managementAccount} で実行してください`;
        case 'unknown':
          return `${organization} (${caller} から実行)。管理アカウントは ${managementAccount} です。委任管理者かどうかは読み取れませんでした`;
      }
    },
    'feature-set': ({ hasAllFeatures }) =>
      hasAllFeatures ? 'すべての機能' : '一括請求のみ: ルートアクセスの一元管理にはすべての機能が必要です',
    switch: ({ id, isOn, from }) =>
      isOn
        ? switches[id].on
        : `${switches[id].off}${from === null ? '' : ` (管理アカウント ${from} から有効にしてください)`}`,
    'may-not-be-read': () => '呼び出し元に読み取りのアクセス許可がありません',
    region: ({ region, answer }) => {
      const answers = {
        opens: 'ルートセッションを開始できます',
        denies: 'AssumeRoot に応答します',
        silent: '応答がありませんでした',
      };
      return `${region}: ${answers[answer]}`;
    },
    'region-not-tried': ({ region, why }) =>
      `${region}: 応答します。${notMade(why)}、ルートセッションの開始は試行していません`,
    'session-opened': ({ account, tookMs }) =>
      `${account.name} (${account.id}) で開始しました (${(tookMs / 1_000).toFixed(1)} 秒)`,
    blocked: ({ by, accounts: blocked, others }) => {
      const more =
        others === 0 ? '' : `。他のポリシーにより、さらに ${accounts(others)}がブロックされています (すべて下記に表示)`;
      return `${place(by)} ${accounts(blocked)}がブロックされています${more}。${mending(by)}`;
    },
    'not-blocked': ({ accounts: all }) => `${accounts(all)}のルートセッションをブロックするものはありません`,
    'cannot-tell': ({ accounts: doubtful }) =>
      `${accounts(doubtful)}で、ルートセッションがブロックされるかどうかを判断できません`,
    'no-open-recovery': () => 'このマシンで許可した復旧はありません',
    'open-recoveries': ({ recoveries, more }) => {
      const shown = recoveries.map(({ name, id, openedAt }) => `${name} (${id}、${openedAt})`).join('、');
      return `このマシンから許可を要求し、まだ有効な可能性があります: ${shown}${more > 0 ? `、他 ${more} 個` : ''}`;
    },
  },
  withHint: (message, hint) => `${message}。${hint}`,
  noPlace: '組織内でのアカウントの場所が AWS の応答にありません',
  notTried: '未確認: その前にコマンドが停止されました',
  blocked: (who, { policyId, policyName, sid, targetId, targetPath }) => {
    const target = `${targetPath ?? ''} (${targetId ?? '?'})`;
    if (policyId === null) return `ブロック: ${who}。${target} のどの SCP も許可していません`;
    const statement = sid === null ? '' : ` のステートメント ${sid}`;
    return `ブロック: ${who}。${target} の ${policyName ?? '?'} (${policyId})${statement}`;
  },
  doubtful: (who, why) => `不明: ${who}。${why}`,
  untold: (who, why) => `不明: ${who}。${why}`,
  allWell: '必要な設定はすべて揃っています。',
  failed: (failed) => `${number(failed)} 件の確認に失敗`,
  unsure: (unsure) => `${number(unsure)} 件は要確認`,
  verdict: (parts) => `${parts.join('、')}です。`,
};
