import type { connectingProblems as entries } from '../../problems/connecting.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

const sources = {
  flag: '--profile',
  environment: 'AWS_PROFILE',
  configuration: 'profile in the rootctl configuration',
};

/** `ca_bundle of profile audit` */
const settingOf = (setting: string, profile: string | null): string =>
  profile === null ? setting : `${setting} of profile ${profile}`;

/** `ca.pem (AWS_CA_BUNDLE)` */
const fileOf = (path: string | null, setting: string): string => (path === null ? setting : `${path} (${setting})`);

export const connectingProblems: ProblemWordsOf<keyof typeof entries> = {
  UnknownProfile: {
    message: ({ profile, source }) =>
      `profile ${profile} (${sources[source]}) does not exist in the shared AWS configuration`,
    hint: ({ nearest, more }, { cure }) =>
      nearest.length === 0
        ? `the shared AWS configuration has no profiles; create one: ${cure}`
        : `existing profiles: ${nearest.join(', ')}${more > 0 ? `, and ${more} more` : ''}`,
  },
  InvalidEndpoint: {
    message: ({ setting, profile, url }) =>
      `${settingOf(setting, profile)} is not an http:// or https:// address: ${url}`,
    hint: () => 'fix the setting, or unset it',
  },
  InvalidNetworkSetting: {
    message: ({ setting, profile, flaw }) => {
      const named = settingOf(setting, profile);
      switch (flaw.is) {
        case 'no-proxy-address':
          return `${named} is not a proxy address such as http://proxy.example.com:3128`;
        case 'lone-percent':
          return `${named} has a user name or password with an unescaped %: write it as %25`;
        case 'unreadable-file':
          return `cannot read the certificates in ${flaw.path} (${named}): ${flaw.code}`;
        case 'no-certificate':
          return `${fileOf(flaw.path, named)} contains no certificate in PEM format`;
        case 'bad-certificate':
          return `${fileOf(flaw.path, named)}: certificate ${flaw.position} of ${flaw.of} cannot be read`;
      }
    },
    hint: () => 'fix the setting, or unset it',
  },
  NoMfaCode: {
    message: ({ device }) => `no code of MFA device ${device} was given`,
    hint: () => 'a code has six digits',
  },
};
