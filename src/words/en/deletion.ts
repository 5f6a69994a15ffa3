/** What `delete` and `runs resume` say beside their documents. */
export const deletion = {
  unusedFor: (span: string) => `Accounts whose root user was used in the last ${span} are skipped.`,
  unusedForShort: (span: string) =>
    `--unused-for skips only accounts whose root user was used in the last ${span} (for 90 days write 90d)`,
  cutShort: {
    'listing-failed': 'the accounts could not be listed: nothing was deleted',
    interrupted: 'interrupted while reading: nothing was deleted',
  },
  /** @param command that does the plan. */
  planWritten: (path: string, command: string) => `plan written to ${path}; carry it out with: ${command}`,
  allDone: 'Everything that was confirmed had been started, and is done: there is nothing to resume.',
  /** @param command that shows the run. */
  lostResult: (runId: string, command: string) =>
    `run ${runId}: the result could not be written; see it with: ${command}`,
  resumeWith: (command: string) => `resume with: ${command}`,
  nothingLeft: (runId: string) => `Run ${runId} has nothing left to do.`,
};
