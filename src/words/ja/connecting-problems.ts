import type { connectingProblems as entries } from '../../problems/connecting.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

const sources = {
  flag: '--profile',
  environment: 'AWS_PROFILE',
  configuration: 'rootctl の設定ファイルの profile',
};

const settingOf = (setting: string, profile: string | null): string =>
  profile === null ? setting : `プロファイル ${profile} の ${setting}`;

const fileOf = (path: string | null, setting: string): string => (path === null ? setting : `${path} (${setting})`);

export const connectingProblems: ProblemWordsOf<keyof typeof entries> = {
  UnknownProfile: {
    message: ({ profile, source }) => `プロファイル ${profile} (${sources[source]}) は AWS の共有設定に存在しません`,
    hint: ({ nearest, more }, { cure }) =>
      nearest.length === 0
        ? `AWS の共有設定にプロファイルがありません。作成するには: ${cure}`
        : `存在するプロファイル: ${nearest.join('、')}${more > 0 ? `、他 ${more} 個` : ''}`,
  },
  InvalidEndpoint: {
    message: ({ setting, profile, url }) =>
      `${settingOf(setting, profile)} が http:// または https:// のアドレスではありません: ${url}`,
    hint: () => '修正するか、設定を解除してください',
  },
  InvalidNetworkSetting: {
    message: ({ setting, profile, flaw }) => {
      const named = settingOf(setting, profile);
      switch (flaw.is) {
        case 'no-proxy-address':
          return `${named} がプロキシのアドレスではありません (例: http://proxy.example.com:3128)`;
        case 'lone-percent':
          return `${named} のユーザー名またはパスワードに % がそのまま含まれています。%25 と記述してください`;
        case 'unreadable-file':
          return `${flaw.path} (${named}) の証明書を読み取れません: ${flaw.code}`;
        case 'no-certificate':
          return `${fileOf(flaw.path, named)} に PEM 形式の証明書がありません`;
        case 'bad-certificate':
          return `${fileOf(flaw.path, named)}: ${flaw.of} 個中 ${flaw.position} 番目の証明書を読み取れません`;
      }
    },
    hint: () => '修正するか、設定を解除してください',
  },
  NoMfaCode: {
    message: ({ device }) => `MFA デバイス ${device} のコードが入力されませんでした`,
    hint: () => 'コードは 6 桁の数字です',
  },
};
