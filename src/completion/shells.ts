import type { Grammar } from './grammar.ts';

export type WriteScript = (grammar: Grammar) => string;

/** The shells that can be taught: one file and one line each. A script is loaded only when it is asked for. */
export const shells = {
  bash: async () => (await import('./bash.ts')).bash,
  zsh: async () => (await import('./zsh.ts')).zsh,
  fish: async () => (await import('./fish.ts')).fish,
  powershell: async () => (await import('./powershell.ts')).powershell,
} satisfies Record<string, () => Promise<WriteScript>>;

export type ShellName = keyof typeof shells;
export const shellNames = Object.keys(shells) as readonly ShellName[]; // the keys of the list above
