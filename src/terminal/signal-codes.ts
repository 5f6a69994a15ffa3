/** How a program ends that a signal has stopped: 128 and the signal's number, as shells have it. */
export const signalCodes = { interrupted: 130, terminated: 143 } as const;
