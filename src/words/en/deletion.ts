/** What `delete` and `runs resume` say beside their documents. */
export const deletion = {
  unusedFor: (span: string) => `Accounts whose root was used in the last ${span} are left alone.`,
  unusedForShort: (span: string) =>
    `--unused-for leaves alone only what was used in the last ${span} (90 days are 90d)`,
  cutShort: {
    'listing-failed': 'the accounts could not be listed: nothing was deleted',
    interrupted: 'interrupted while reading: nothing was deleted',
  },
  /** @param command that does the plan. */
  planWritten: (path: string, command: string) => `plan written to ${path}; do it with: ${command}`,
  resumeWith: (command: string) => `resume with: ${command}`,
  nothingLeft: (runId: string) => `Run ${runId} has nothing left to do.`,
};
