import type { DocumentFlaw } from '../../problems/index.ts';

export function documentFlaw(flaw: DocumentFlaw): string {
  switch (flaw.is) {
    case 'not-json':
      return 'JSON ではありません';
    case 'other-kind':
      return `${flaw.expected} ではなく ${flaw.found} のドキュメントです`;
    case 'unlike-schema':
      return flaw.field === '' ? 'ドキュメントの形式が正しくありません' : `${flaw.field}: 値が正しくありません`;
    case 'untold-completeness':
      return 'complete: すべてのアカウントを含むかどうかが示されていません (古い rootctl で作成された可能性があります)';
    case 'made-of-a-part':
      return 'complete: 途中で終了した読み取りに基づいています。計画には完全な読み取りが必要です';
    case 'contradiction':
      return `${flaw.at}: ${flaw.account} のステータスが認証情報と一致しません`;
    case 'other-totals':
      return 'summary: 合計がアカウントと一致しません';
    case 'part-called-whole':
      return 'complete: すべてのアカウントを含むとされていますが、最後まで読み取られていないアカウントがあります';
    case 'other-hash':
      return 'ハッシュが内容と一致しません。編集されています';
    case 'no-kinds':
      return 'options.only が空です';
    case 'kind-twice':
      return 'options.only に同じ種類が 2 回あります';
    case 'no-time':
      return `${flaw.at}: ${flaw.time} は日時ではありません`;
    case 'management-account':
      return `${flaw.at} は管理アカウントです`;
    case 'account-order':
      return `${flaw.at}: ${flaw.account} が重複しているか、順序が正しくありません`;
    case 'no-actions':
      return `${flaw.at} に削除対象がありません`;
    case 'kind-not-planned':
      return `${flaw.at}: ${flaw.kind} は options.only に含まれていません`;
    case 'kind-order':
      return `${flaw.at}: ${flaw.kind} の順序が正しくありません`;
    case 'action-twice':
      return `${flaw.at}: ${flaw.action} が重複しています`;
    case 'alien-id':
      return `${flaw.at}: ${JSON.stringify(flaw.id)} はアカウント ${flaw.account} の ${flaw.kind} ではありません`;
    case 'alien-field':
      return `${flaw.at}: ${flaw.kind} にこのフィールドはありません`;
    case 'later-than-plan':
      return `${flaw.at}: ${flaw.time} は計画より後の日時です`;
  }
}
