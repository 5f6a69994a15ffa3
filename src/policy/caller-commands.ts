/** The commands that need permissions of the caller. */
export const callerCommands = ['status', 'delete', 'recover', 'unlock', 'enable', 'doctor'] as const;
export type CallerCommand = (typeof callerCommands)[number];
