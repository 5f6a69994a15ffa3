import { switching } from './switching.ts';

/** What a person is asked at the terminal. */
export const questions = {
  type: {
    organization: (expected: string) => `Type the organization id to continue (${expected}):`,
    account: (expected: string) => `Type the account id to continue (${expected}):`,
    bucket: (expected: string) => `Type the name of the bucket to continue (${expected}):`,
    queue: (expected: string) => `Type the name of the queue to continue (${expected}):`,
  },
  /** What a yes leads to. */
  consequences: {
    'turn-off': (off: Parameters<typeof switching.willTurnOff>[0]) => switching.willTurnOff(off),
    'allow-recovery': ({ id, name, email }: { readonly id: string; readonly name: string; readonly email: string }) =>
      `${name} (${id}): anyone who can read mail to ${email} will be able to set a root password.`,
    /** @param file null: it is removed. */
    'change-policy': (file: string | null, backups: string) =>
      `The policy will be ${file === null ? 'deleted' : `replaced by ${file}`}. The old policy is saved in ${backups} first.`,
  },
  notThat: (expected: string, left: number) =>
    `That is not ${expected}. ${left === 1 ? '1 try' : `${left} tries`} left; Ctrl-C stops without changing anything.`,
  interrupted: 'interrupted: nothing was changed',
  mfaCode: (device: string) => `MFA code from ${device}:`,
  which: 'Which accounts?',
  noPlace: 'OU unknown',
};
