import type { connectingProblems as entries } from '../../problems/connecting.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

const sources = {
  flag: '--profile',
  environment: 'AWS_PROFILE',
  configuration: 'profile in the configuration file of rootctl',
};

/** `ca_bundle of profile audit` */
const settingOf = (setting: string, profile: string | null): string =>
  profile === null ? setting : `${setting} of profile ${profile}`;

/** `ca.pem (AWS_CA_BUNDLE)` */
const fileOf = (path: string | null, setting: string): string => (path === null ? setting : `${path} (${setting})`);

export const connectingProblems: ProblemWordsOf<keyof typeof entries> = {
  UnknownProfile: {
    message: ({ profile, source }) =>
      `there is no profile ${profile} (${sources[source]}) in the shared AWS configuration`,
    hint: ({ nearest, more }, { cure }) =>
      nearest.length === 0
        ? `the shared AWS configuration has no profiles: ${cure} makes one`
        : `there are: ${nearest.join(', ')}${more > 0 ? `, and ${more} more` : ''}`,
  },
  InvalidEndpoint: {
    message: ({ setting, profile, url }) => `${settingOf(setting, profile)} is no http:// or https:// address: ${url}`,
    hint: () => 'mend it, or unset it',
  },
  InvalidNetworkSetting: {
    message: ({ setting, profile, flaw }) => {
      const named = settingOf(setting, profile);
      switch (flaw.is) {
        case 'no-proxy-address':
          return `${named} is not the address of a proxy such as http://proxy.example.com:3128`;
        case 'lone-percent':
          return `${named} has a user or a password with a lone %: write it as %25`;
        case 'unreadable-file':
          return `cannot read the certificates in ${flaw.path} (${named}): ${flaw.code}`;
        case 'no-certificate':
          return `${fileOf(flaw.path, named)} holds no certificate in PEM form`;
        case 'bad-certificate':
          return `${fileOf(flaw.path, named)}: certificate ${flaw.position} of ${flaw.of} cannot be read`;
      }
    },
    hint: () => 'mend it, or unset it to do without',
  },
  NoMfaCode: {
    message: ({ device }) => `no code of MFA device ${device} was given`,
    hint: () => 'a code has six digits',
  },
};
