import type { sandbox as en } from '../en/sandbox.ts';
import { shared } from './shared.ts';

export const sandbox: typeof en = {
  organization: (id) => `シミュレートした組織 ${id}`,
  noOrganization: '組織に属さない、シミュレートしたアカウント',
  saved: (organization, accounts, path) => `${organization}: ${shared.accounts(accounts)}、保存先 ${path}`,
  titles: { account: 'アカウント', name: '名前', state: '状態' },
  yes: 'あり',
};
