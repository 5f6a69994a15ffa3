import { grammar } from './grammar.ts';

const { count, number } = grammar;

/** What the command line says of itself: of the streams, the clock, the list to choose from. */
export const terminal = {
  /** @param aheadMs of AWS's time; negative: behind it. */
  skew: (aheadMs: number) =>
    `warning: this machine's clock is ${span(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} the time at AWS: ages and times shown here use AWS time`,
  timeIsOver: (seconds: number) => `--timeout (${seconds} s) has passed: nothing new is started`,
  /** @param mode as `chmod` takes it. */
  tightened: (path: string, mode: string) =>
    `warning: ${path} was open to other users (mode 0${mode}); its mode is 0700 now. Check the files in it`,
  unwritable: {
    message: (code: string) => `error: the result could not be written (${code})`,
    closed: 'hint: stdout is closed: redirect it to a file, or to /dev/null if you do not need it',
    full: 'hint: free disk space, or send the output elsewhere',
  },
  debug: {
    retry: (operation: string, code: string, delayMs: number) =>
      `debug: ${operation}: ${code}, trying again in ${delayMs} ms`,
    causedBy: (error: string) => `caused by ${error}`,
  },
  list: {
    chosen: (marked: number) => `${marked} chosen`,
    nothing: 'nothing matches',
    marked: (marked: number) => `${marked} marked`,
    /** Behind what is marked. */
    shown: (shown: number, all: number) => `, ${shown} of ${all} shown`,
    keys: 'type to search · space marks · tab marks all shown · enter continues',
  },
  variables: {
    /** Variables that say what a command changes, and the flag that each of them stands for. */
    decide: (said: readonly { readonly variable: string; readonly flag: string }[]) =>
      `set by environment variables: ${said.map(({ variable, flag }) => `${flag} (${variable})`).join(', ')}`,
    strange: (name: string, near: string | null) =>
      `the unknown variable ${name} is ignored${near === null ? '' : `. Did you mean ${near}?`}`,
  },
  sandbox: {
    serving: (organizationId: string, endpoint: string) =>
      `simulated organization ${organizationId} on ${endpoint}; Ctrl-C stops it`,
  },
};

function span(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (minutes < 120) return `${number(minutes)} min`;
  if (minutes < 2_880) return `${number(Math.round(minutes / 60))} h`;
  return count(Math.round(minutes / 1_440), { one: 'day', other: 'days' });
}
