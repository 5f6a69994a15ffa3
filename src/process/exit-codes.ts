import { signalCodes } from '../terminal/signal-codes.ts';

/** Exit codes, as every `--help` lists them. */
export const exitCodes = { done: 0, failed: 1, found: 2, usage: 64, ...signalCodes } as const;
