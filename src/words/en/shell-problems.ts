import type { shellProblems as entries } from '../../problems/shell.ts';
import type { ProblemWordsOf } from '../problem-words.ts';

export const shellProblems: ProblemWordsOf<keyof typeof entries> = {
  Interrupted: {
    message: ({ before }) =>
      before === 'change' ? 'interrupted: nothing was changed' : 'the command was stopped before it had a result',
  },
  SandboxServed: {
    message: ({ pid, since }) => `rootctl sandbox start is serving the saved organization (pid ${pid}, since ${since})`,
    hint: ({ pid }) => `use it with --endpoint-url instead of --sandbox, or stop the server first: kill ${pid}`,
  },
  InvalidScenario: {
    message: ({ path, said }) => `${path}: ${said}`,
    hint: () => 'the format is described in docs/sandbox.md',
  },
  UnknownCode: {
    message: ({ code }) => `there is no error code ${JSON.stringify(code)}`,
    hint: ({ near }, { cure }) => `${near === null ? '' : `did you mean ${near}? `}list all codes: ${cure}`,
  },
  PortInUse: {
    message: ({ port, code }) => `cannot listen on port ${port} (${code})`,
    hint: () => 'choose another port with --port; 0 picks a free one',
  },
};
