import { switching } from './switching.ts';

/** What a person is asked at the terminal. */
export const questions = {
  type: {
    organization: (expected: string) => `Type the organization id to go on (${expected}):`,
    account: (expected: string) => `Type the account id to go on (${expected}):`,
    bucket: (expected: string) => `Type the bucket's name to go on (${expected}):`,
    queue: (expected: string) => `Type the queue's name to go on (${expected}):`,
  },
  /** What a yes leads to. */
  consequences: {
    'turn-off': switching.willTurnOff,
    'allow-recovery': ({ id, name, email }: { readonly id: string; readonly name: string; readonly email: string }) =>
      `${name} (${id}): whoever reads ${email} will be able to set a root password.`,
    /** @param file null: it is removed. */
    'change-policy': (file: string | null, backups: string) =>
      `The policy will be ${file === null ? 'removed' : `replaced by ${file}`}. The old one is kept under ${backups}.`,
  },
  notThat: (expected: string, left: number) =>
    `That is not ${expected}. ${left === 1 ? '1 try is' : `${left} tries are`} left; Ctrl-C ends without a change.`,
  interrupted: 'interrupted: nothing was changed',
  mfaCode: (device: string) => `MFA code of ${device}:`,
  which: 'Which accounts?',
  noPlace: 'place not known',
};
