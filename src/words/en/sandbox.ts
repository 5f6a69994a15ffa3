import { shared } from './shared.ts';

/** `sandbox reset` and `sandbox show`. */
export const sandbox = {
  organization: (id: string) => `simulated organization ${id}`,
  noOrganization: 'simulated accounts without an organization',
  saved: (organization: string, accounts: number, path: string) =>
    `${organization}: ${shared.accounts(accounts)}, saved in ${path}`,
  titles: { account: 'ACCOUNT', name: 'NAME', state: 'STATE' },
  yes: 'yes',
};
