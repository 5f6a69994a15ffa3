import type { usageProblems as entries } from '../../problems/usage.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const usageProblems: ProblemWordsOf<keyof typeof entries> = {
  UnknownFormat: {
    message: ({ format }) => `unknown output format ${format}`,
    hint: ({ offered }) => `choose one of: ${offered.join(', ')}`,
  },
  FormatNotOffered: {
    message: ({ command, format }) => `rootctl ${command} has no output as ${format}`,
    hint: ({ offered }) => `choose one of: ${offered.join(', ')}`,
  },
  UnreadableFile: {
    message: ({ what, path, code }) => `cannot read the ${what} ${path} (${code})`,
    hint: () => 'check the path and your rights',
  },
  NotConfirmed: {
    message: () => 'not confirmed: nothing was changed',
    hint: ({ expected }) => `type ${expected} exactly, or use --yes`,
  },
  NoConfirmation: {
    message: ({ command }) => `${command} ${asking[command]}, and there is no terminal to ask in`,
    hint: ({ command }) => {
      if (command === 'runs resume') return 'add --yes';
      return command === 'delete'
        ? 'add --yes, or look at the plan first with --dry-run'
        : 'add --yes, or look first with --dry-run';
    },
  },
  EmptySelection: {
    message: ({ command, isDumb }) =>
      `${command} does not know which accounts${isDumb ? ', and this terminal (TERM=dumb) cannot show a list of them' : ''}`,
    hint: () => 'name them: --all, account ids, --accounts, --ou, --tag or --name',
  },
};

const asking = {
  delete: 'asks for confirmation',
  'runs resume': 'asks first',
  recover: 'asks for confirmation',
  unlock: 'asks before it changes a policy',
  disable: 'asks first',
};
