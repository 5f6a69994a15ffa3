import type {
  Doubt,
  GeneratedPolicy,
  LockReason,
  ScpVerdict,
  TaskPolicyName,
  Unreadable,
  Whom,
} from '../../policy/index.ts';
import type { PolicyFault } from '../../problems/index.ts';
import type { policy as en } from '../en/policy.ts';

function doubt(of: Doubt): string {
  switch (of.doubt) {
    case 'unknown-operator':
      return `演算子 ${of.operator} は不明です`;
    case 'unknown-value':
      return `${of.key} の値が不明です`;
    case 'empty-value':
      return `${of.key} が空で、キーがないものとして扱われる可能性があります`;
    case 'unresolved-variable':
      return `ポリシー変数 ${of.key} に値がありません`;
    case 'unknown-principal-type':
      return `プリンシパルのタイプ ${of.type} は不明です`;
    case 'undocumented-absence':
      return `${of.key} がない場合の ${of.operator} の動作は文書化されていません`;
    case 'unquantified-list':
      return `${of.key} は複数の値を持ちますが、${of.operator} に ForAnyValue も ForAllValues もありません`;
    case 'short-arn':
      return `ARN パターン ${of.text} の要素が 6 個未満です`;
    case 'not-boolean':
      return `"${of.text}" は true でも false でもありません`;
    case 'not-comparable':
      return `"${of.text}" は比較できません`;
    case 'no-address':
      return `"${of.text}" または比較対象のアドレスが IP アドレスではありません`;
  }
}

const faults: { readonly [Name in PolicyFault['fault']]: (about: string) => string } = {
  'not-json': (about) => `JSON ではありません (${about})`,
  'no-object': () => 'オブジェクトである必要があります',
  missing: () => 'ありません',
  'missing-with-negation': () => 'ありません。NotAction もありません',
  'no-string': () => '文字列である必要があります',
  'no-strings': () => '文字列または文字列のリストである必要があります',
  'no-version': () => '"2012-10-17" または "2008-10-17" である必要があります',
  'no-effect': () => '"Allow" または "Deny" である必要があります',
  'beside-negation': (about) => `${about} と同時に指定できません`,
  'no-element': () => 'ポリシーの要素ではありません',
  'no-principal': () => 'ありません。リソースポリシーではプリンシパルを指定する必要があります',
};

const fault = ({ place, fault: name, about }: PolicyFault): string => `${place}: ${faults[name](about)}`;

const unreadable = (of: Unreadable): string =>
  of.unreadable === 'denied' ? `${of.operation} が拒否されました` : fault(of.fault);

function lock(of: LockReason): string {
  switch (of.reason) {
    case 'allows':
      return '許可のステートメントです。ロックアウトの原因になるのは Deny ステートメントのみです。';
    case 'leaves-changing':
      return `${of.actions.join(' も ')} も拒否していないため、ポリシーを変更できます。`;
    case 'no-principal':
      return 'リソースポリシーに必要なプリンシパルが指定されていません。';
    case 'unmatched-types':
      return `アカウントに属するか判定できないタイプのプリンシパルを拒否しています (${of.types.join(', ')})。`;
    case 'only-some':
      return `拒否しているのは ${some(of.principals)} のみで、アカウント全体ではありません。`;
    case 'nobody':
      return '「全員以外の全員」を拒否しています。該当するプリンシパルはいません。';
    case 'all-but-insiders':
      return `${some(of.principals)} 以外の全員を拒否しています。このいずれかを使用できない限り、全員がロックアウトされています。`;
    case 'other-resources':
      return `対象のリソースに ${of.resource} 自体が含まれていません。`;
    case 'spared':
      return `条件 (${of.conditions.join(', ')}) により、アカウントからの通常の呼び出しは拒否の対象外です。`;
    case 'depends':
      return `呼び出し元によって異なります (${of.conditions.join(', ')}): ${doubt(of.doubt)}。`;
    case 'denies-some':
      return `${whom(of.whom)}に対して ${of.actions.join(', ')} を拒否していますが、${of.left.join(', ')} は拒否していません。`;
    case 'denies': {
      const when = of.conditions.length === 0 ? '無条件で' : 'アカウントが常に満たす条件で';
      return `${whom(of.whom)}に対して ${of.actions.join(' と ')} を${when}拒否しています。`;
    }
    case 'not-understood':
      return `ポリシーを解釈できません: ${fault(of.fault)}`;
  }
}

function whom(of: Whom): string {
  switch (of.whom) {
    case 'everybody':
      return '全員';
    case 'account':
      return 'アカウント全体';
    case 'all-but':
      return `${some(of.principals)} 以外の全員 (したがってアカウント全体) `;
  }
}

function some(principals: readonly string[]): string {
  const shown = principals.slice(0, 3).join(', ');
  return principals.length > 3 ? `${shown} 他 ${principals.length - 3} 件` : shown;
}

function scp({ verdict, policy: named, sid, target, why }: ScpVerdict): string | null {
  if (verdict === 'clear' || target === null) return null;
  const where = `${target.name} (${target.id})`;
  if (named === null) return `${where} のどのポリシーも許可していません`;
  const whole = `${where} のポリシー ${named.name} (${named.id}) の${sid === null ? 'ステートメント' : `ステートメント ${sid} `}`;
  if (verdict === 'blocked') return `${whole}が拒否しています`;
  return why === null ? whole.trimEnd() : `${whole.trimEnd()}: ${'doubt' in why ? doubt(why) : unreadable(why)}`;
}

const tasks: Readonly<Record<TaskPolicyName, string>> = {
  IAMAuditRootUserCredentials: 'メンバーアカウントのルートユーザー認証情報を読み取る',
  IAMDeleteRootUserCredentials: 'メンバーアカウントのルートユーザー認証情報を削除する',
  IAMCreateRootUserPassword:
    'メンバーアカウントのルートユーザーの E メールアドレスの所有者がパスワードを設定できるようにする',
  S3UnlockBucketPolicy: 'バケットポリシーの読み取り、置き換え、または削除を行う',
  SQSUnlockQueuePolicy: 'キューポリシーの読み取り、置き換え、または削除を行う',
};

function note(of: GeneratedPolicy['notes'][number]): string {
  switch (of.note) {
    case 'reads':
      return '組織を読み取ります。何も変更しません。';
    case 'reads-and-switches':
      return '組織を読み取り、機能を有効または無効にします。これらのアクションは、リソースをこれ以上限定できません。';
    case 'for-iam-only':
      return 'IAM の信頼されたアクセスと委任管理者のみが対象です。他のサービスは対象外です。';
    case 'root-session':
      return `${tasks[of.task]}ためのルートセッションです。`;
    case 'guardrail':
      return 'メンバーアカウントのルートユーザーにすべてを拒否し、ルートセッション (sts:AssumeRoot) のみを許可します。';
    case 'github': {
      const who = of.subject ?? `${of.repo} のすべてのワークフロー (プルリクエストを含む)`;
      return `${who} にこのロールの引き受けを許可します。アカウントに OIDC プロバイダー ${of.issuer} が必要です。`;
    }
  }
}

const advice: (typeof en)['advice'] = {
  allCommands: 'すべてのコマンド用です。--for status,delete,… を指定すると、一部のコマンドに限定できます。',
  unobserved:
    '--org は aws:ResourceOrgID のドキュメントに基づいています。このドキュメントでは sts:AssumeRoot は例外に含まれていませんが、AWS 上での動作は確認していません。使用する前に必ずテストしてください。',
  replace: (placeholder) => `${placeholder} を置き換えるか、--account-id を指定してください。`,
  permissions: (command) =>
    `これはロールを引き受けられる対象を定めるポリシーです。ロールに許可する操作は次のコマンドで出力します: ${command}`,
  guardrail:
    'まずテスト用の OU 1 つにアタッチしてください。ルートユーザーが自身のパスワードやアクセスキーで行う操作をすべて拒否します。rootctl recover の後にサインインできても、このポリシーが適用されている間は何も実行できません。',
};

export const policy: typeof en = { doubt, fault, unreadable, lock, scp, note, advice };
