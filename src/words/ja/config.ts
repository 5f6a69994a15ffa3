import type { config as en } from '../en/config.ts';

export const config: typeof en = {
  heading: '## 設定',
  titles: { setting: '設定', value: '値', from: '指定元' },
  preset: 'デフォルト',
};
