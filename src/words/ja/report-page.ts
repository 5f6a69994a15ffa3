import type { reportPage as en } from '../en/report-page.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { number } = grammar;

const member = (value: number, whose: 'all' | 'some'): string =>
  `${whose === 'some' ? '選択した' : 'メンバー'}アカウント ${number(value)} 個`;

export const reportPage: typeof en = {
  locale: 'ja',
  title: (organization) => `${organization} のルートユーザー認証情報`,
  name: 'ルートユーザー認証情報レポート',
  simulated: 'シミュレーション: この組織はサンドボックスです。AWS 上には何もありません。',
  skip: 'アカウント一覧へ移動',
  contents: '目次',
  print: '印刷',
  question: 'ルートユーザー認証情報は残っていますか?',
  answers: { good: '残っていません。', bad: '残っています。', open: '不明です。' },
  verdict: {
    clean: (looked, whose) =>
      `${member(looked, whose)}${looked === 1 ? 'に' : 'のいずれにも'}、ルートユーザー認証情報は存在しません。`,
    present: ({ present, looked }, whose) =>
      `${member(looked, whose)}のうち ${number(present)} 個に、ルートユーザー認証情報が存在します。`,
    presentAndUnknown: ({ present, unknown, looked }, whose) =>
      `${member(looked, whose)}のうち少なくとも ${number(present)} 個に、ルートユーザー認証情報が存在します。${number(unknown)} 個は読み取れませんでした。`,
    unknown: ({ unknown, looked }, whose) =>
      unknown === looked
        ? `${member(looked, whose)}のいずれも読み取れませんでした。`
        : `${member(looked, whose)}のうち ${number(unknown)} 個は読み取れませんでした。他のアカウントにルートユーザー認証情報は存在しません。`,
    cutShort: (looked, whose) =>
      looked === 0
        ? 'どのアカウントも読み取らないうちに、読み取りが中断されました。'
        : `読み取りは途中で中断されました。読み取った${member(looked, whose)}にルートユーザー認証情報は存在しませんが、他のアカウントについては不明です。`,
    presentSoFar: ({ present, looked }, whose) =>
      `確認した${member(looked, whose)}のうち少なくとも ${number(present)} 個に、ルートユーザー認証情報が存在します。読み取りは途中で中断されました。`,
    unknownSoFar: ({ unknown, looked }, whose) =>
      `読み取りは途中で中断され、確認した${member(looked, whose)}のうち ${number(unknown)} 個は読み取れませんでした。`,
    nobody: '確認したアカウントはありません。',
  },
  facts: {
    organization: '組織',
    readAt: '読み取り日時',
    completeness: '読み取り',
    complete: '完了',
    cutShort: '途中で中断 (組織全体については判断できません)',
    managementAccount: '管理アカウントのルートユーザー',
    access: 'ルートアクセスの一元管理',
    readBy: '読み取りの実行者',
    version: (version) => `rootctl ${version}`,
    trustedAccess: (isOn) => `信頼されたアクセス: ${isOn}`,
    notRead: '不明 (読み取っていません)',
  },
  totals: { heading: '合計', all: 'すべてのアカウント', share: (share) => `全体の ${share}` },
  of: (value, status) => `${status} ${number(value)}`,
  kinds: {
    heading: '残りの認証情報',
    columns: { kind: '認証情報', count: '個数', accounts: 'アカウント' },
    none: '見つかりませんでした。',
    passwordsWithoutMfa: (accounts) =>
      `${shared.accounts(accounts)}のルートユーザーに、MFA のないパスワードが存在します。`,
  },
  units: {
    heading: 'OU 別',
    intro:
      '1 本の棒が 1 つの OU です。アカウントの状態ごとに分けてあります。ルートユーザー認証情報が存在する OU が先です。',
    column: 'OU',
    accounts: 'アカウント',
    noUnit: 'OU 不明',
    more: (units) => `他 ${number(units)} 個の OU`,
  },
  lastUse: {
    heading: 'ルートユーザーの最終使用',
    intro: 'ルートユーザー認証情報が存在するアカウントを、ルートユーザーが最後に使用された月 (UTC) ごとに示します。',
    chart: (accounts, latest) =>
      `月ごとの棒グラフ。全部で ${shared.accounts(accounts)}、最後の使用は ${latest}。同じ数値を下の表に示します。`,
    earlier: 'それ以前',
    notUsed: '使用履歴なし、または不明',
    notKnown: '不明',
    table: '同じ内容の表',
    month: '月',
    none: '読み取ったアカウントにルートユーザー認証情報は存在しないため、表示する使用履歴はありません。',
  },
  newcomers: {
    heading: '新しいアカウント',
    intro: (days) =>
      `読み取り前の ${days} 日以内に組織に加わったアカウントです。招待されたアカウントは既存のルートユーザー認証情報を持ち込むため、先に示します。`,
    none: (days) => `読み取り前の ${days} 日以内に組織に加わったアカウントはありません。`,
    methods: { INVITED: '招待', CREATED: '作成' },
    more: (accounts) => `他 ${shared.accounts(accounts)}。アカウントを参加日で並べ替えてください。`,
  },
  accounts: {
    heading: 'アカウント',
    caption: 'アカウントとそのルートユーザー認証情報',
    search: '名前、ID、E メール、OU、キー ID で検索',
    status: 'ルートユーザー認証情報',
    unit: 'OU',
    reset: 'すべて表示',
    previous: '前へ',
    next: '次へ',
    pages: 'アカウントのページ',
    withoutScript: (shown, all) =>
      `JavaScript が無効なため、${shared.accounts(all)}のうち最初の ${number(shown)} 個を示します。すべてのアカウントは rootctl の -o csv で出力できます。`,
    passwordWithoutMfa: 'MFA のないパスワード',
  },
  credential: {
    created: (at) => `作成 ${at}`,
    lastUsed: (at) => `最終使用 ${at}`,
    usedBy: (at, where) => `最終使用 ${at} (${where})`,
    neverUsed: '使用履歴なし',
    unreadable: '読み取れませんでした',
    neverUsedShort: 'なし',
    notKnown: '不明',
  },
  controls: {
    heading: 'コントロール',
    intro:
      '全アカウントについて、コントロールごとの結果を示します。読み取れなかったアカウントは何にも合格しません。rootctl が読み取らないものは未評価です。',
    columns: { control: 'コントロール', asks: '要件' },
    readFrom: (sources) => `番号の出典: ${sources}`,
    managementToo: (id) => `管理アカウント ${id} は、アカウントの一覧に含まれていませんが、評価の対象です。`,
    organizationWide: '組織全体',
    show: (count, verdict, control) => `${count} 個のアカウント: ${verdict}、${control}`,
    caption: (framework) => `${framework} のコントロール`,
    mappings: '他の標準での対応',
    mapping: { by: '対応付けの出典', standard: '標準', subject: '対象', ids: 'コントロール' },
    everySubject: 'すべてのコントロール',
    disagreements: 'スキャナーによって結果が異なる点',
    tags: { cis: 'CIS', 'security-hub': 'Security Hub', 'aws-config': 'Config', rootctl: 'rootctl' },
  },
  changes: {
    heading: '変更点',
    intro: (since) => `最初の読み取り (${since}) 以降の変更です。`,
    none: '変更はありません。',
  },
  period: {
    heading: '推移',
    intro: (from, to, readings) => `${from} から ${to} までの ${number(readings)} 回の読み取りです。`,
    readings: '読み取り',
    at: '読み取り日時',
    notComplete: '途中で中断',
    clean: 'ルートユーザー認証情報がなくなった日時',
    since: 'なくなった日時',
    cameBack: '再び存在するようになったルートユーザー認証情報',
    none: '再び存在するようになったものはありません。',
    nobodyClean: 'この期間にルートユーザー認証情報がなくなったアカウントはありません。',
    more: (accounts) => `他 ${shared.accounts(accounts)}。なくなった日時は、下のアカウントごとに示します。`,
    cleanSince: (at) => `${at} の読み取り以降、ルートユーザー認証情報は存在しません`,
    cameBackAt: (at) => `${at} の読み取りで、ルートユーザー認証情報が再び存在しました`,
  },
  run: {
    heading: '実行で削除したもの',
    intro: (id) => `実行 ${id}`,
    started: '開始',
    ended: '終了',
    notEnded: '未終了',
    state: '状態',
    sum: (credentials, accounts) =>
      `${shared.accounts(accounts)}で、ルートユーザー認証情報 ${number(credentials)} 個を削除しました。`,
    columns: {
      account: 'アカウント',
      credential: '認証情報',
      result: '結果',
      at: '日時 (UTC)',
      request: 'AWS リクエスト ID',
    },
    caption: '削除と、CloudTrail で照合できる日時およびリクエスト ID',
    before: (credentials) => `以前: ${credentials}`,
    more: (actions) => `他 ${number(actions)} 行は rootctl runs show で表示できます。`,
    nothing: 'この実行では何も削除していません。',
  },
  about: {
    heading: 'このレポートの読み方',
    lines: [
      '存在する: ルートユーザー認証情報が 1 つ以上見つかりました。存在しない: 存在しないと AWS が応答しました。不明: 読み取れませんでした。推測はしていません。対象外: 示した理由により確認していません。',
      '日時はすべて UTC です。このページは 1 つのファイルで完結し、何も読み込まず、何も送信せず、何も保存しません。',
    ],
  },
  script: {
    columns: {
      account: 'アカウント',
      unit: 'OU',
      root: 'ルート',
      credentials: '認証情報',
      lastUsed: '最終使用',
      joined: '参加日',
    },
    shown: '{all} 個のアカウントのうち {shown} 個',
    shownAll: '{all} 個のアカウント',
    range: '{all} 個中 {from}–{to}',
    none: '該当するアカウントはありません。',
    anyUnit: 'すべての OU',
    withControl: '{control}: {verdict}',
    theme: { dark: 'ダーク', light: 'ライト' },
    printed:
      '{all} 個のアカウントのうち最初の {printed} 個を印刷しています。すべてのアカウントは rootctl の -o csv で出力できます。',
    detail: {
      id: 'アカウント ID',
      email: 'ルートユーザーの E メール',
      unit: 'OU',
      state: 'AWS での状態',
      joined: '参加',
      why: '理由',
      hint: '対処',
      credentials: 'ルートユーザー認証情報',
      noCredentials: '存在しません。',
      controls: 'コントロール',
      history: '推移',
    },
  },
};
