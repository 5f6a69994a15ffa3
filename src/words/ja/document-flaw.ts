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
      return 'complete: すべてを含むかどうかが示されていません (古い rootctl のドキュメントです)';
    case 'made-of-a-part':
      return 'complete: 読み取りが途中で終了しています。計画は完全な読み取りからのみ作成できます';
    case 'other-hash':
      return 'ハッシュが内容と一致しません。変更されています';
    case 'no-kinds':
      return 'options.only に種類が 1 つもありません';
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
