/** Under this name a thread finds where it says that a test in it was given up, and may be running on. */
export const spoiltName = 'rootctl.spoilt';

/** Under this name a thread finds where it says when its test must have ended, in milliseconds since 1970; 0 while none runs. */
export const limitName = 'rootctl.limit';

/** Under this name the runner (`scripts/bite-runner.mjs`) finds `true` when a thread was ended that no longer answered. */
export const hungName = 'rootctl.hung';

/** Under this name the runner says in which file the mutant is. */
export const mutatedName = 'rootctl.mutated';
