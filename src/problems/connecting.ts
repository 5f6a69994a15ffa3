import { aws } from './cure.ts';
import { define } from './define.ts';
import { number, oneOf, orNull, text, texts, variants } from './fields.ts';

/** What can be wrong with a setting of the network. None repeats the value: a proxy's address may hold a password. */
const networkFlaw = variants('is', {
  'no-proxy-address': {},
  /** A user or a password with a `%` that begins no escape. */
  'lone-percent': {},
  'unreadable-file': { path: text, code: text },
  /** `path`: null where the certificates were given without a file. */
  'no-certificate': { path: orNull(text) },
  'bad-certificate': { path: orNull(text), position: number, of: number },
});

/** The way to AWS: nothing was sent. `setting`: a variable of the environment, or of the profile if one is named. */
export const connectingProblems = {
  UnknownProfile: define(
    { profile: text, source: oneOf('flag', 'environment', 'configuration'), nearest: texts, more: number },
    {
      move: 'caller',
      exit: 'usage',
      cure: ({ nearest }) => (nearest.length === 0 ? aws('configure', 'sso') : null),
    },
  ),
  InvalidEndpoint: define({ setting: text, profile: orNull(text), url: text }, { move: 'caller', exit: 'usage' }),
  InvalidNetworkSetting: define(
    { setting: text, profile: orNull(text), flaw: networkFlaw },
    { move: 'caller', exit: 'usage' },
  ),
  NoMfaCode: define({ device: text }, { move: 'caller', exit: 'usage' }),
} as const;
