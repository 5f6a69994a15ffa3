import { describe, expect, it } from 'vitest';
import type { ManagementAccountEntry } from '../../src/documents/index.ts';
import { formats } from '../../src/render/formats.ts';
import { renderReportPage } from '../../src/render/html/report.ts';
import { renderStatus } from '../../src/render/status.ts';
import { noPaint } from '../../src/render/style.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, loadReportPage, loadWords } from '../../src/words/index.ts';
import { english } from '../support/speech.ts';
import { reportOf } from './reports.ts';
import * as story from './story.ts';

const view: View = { columns: 200, nowMs: story.nowMs, paint: noPaint, speech: english, english };
const none: ManagementAccountEntry = {
  id: '111111111111',
  accessKeysPresent: false,
  mfaEnabled: false,
  passwordPresent: false,
  signingCertificatesPresent: false,
};
const tableOf = (managementAccount: ManagementAccountEntry | null, seen = view): string =>
  renderStatus({ ...story.status, managementAccount }, seen);
const markdownOf = (managementAccount: ManagementAccountEntry | null): string =>
  formats.markdown.render({ ...story.status, managementAccount }, view);
const pageOf = async (managementAccount: ManagementAccountEntry | null): Promise<string> =>
  [...renderReportPage({ ...reportOf(story.accounts), managementAccount }, view, await loadReportPage('en'))].join('');

const sentence = (faults: string): string =>
  `⚠ The root user of the management account has ${faults}: sign in as that root user to fix this.`;

describe("what is known of the management account's root user", () => {
  it.each<[string, Partial<ManagementAccountEntry>]>([
    ['password, no access keys, no signing certificates, no MFA devices', { passwordPresent: true }],
    ['MFA devices, no password, no access keys, no signing certificates', { mfaEnabled: true }],
    ['access keys, no password, no signing certificates, no MFA devices', { accessKeysPresent: true }],
    ['signing certificates, no password, no access keys, no MFA devices', { signingCertificatesPresent: true }],
  ])('is told of every kind: %s', async (holdings, more) => {
    const entry = { ...none, ...more };
    expect(tableOf(entry)).toContain(`the management account (${holdings})`);
    expect(markdownOf(entry)).toContain(`the management account (${holdings})`);
    const page = (await pageOf(entry)).replaceAll(/<svg.*?<\/svg>|<[^>]*>/gu, '');
    expect(page).toContain(`111111111111 · ${holdings.replaceAll(', ', ' · ')}`);
  });

  it('is unknown where it was not read, and never none', async () => {
    for (const text of [tableOf(null), markdownOf(null)]) {
      expect(text).toContain('the management account (root credentials unknown)');
      expect(text).not.toContain('of the management account has');
    }
    expect(await pageOf(null)).toContain('unknown: not read');
    const japanese = tableOf(null, { ...view, speech: createSpeech(await loadWords('ja'), []) });
    expect(japanese).toContain('管理アカウント (ルートユーザー認証情報は不明)');
  });

  it.each<[string | null, Partial<ManagementAccountEntry>]>([
    ['access keys', { accessKeysPresent: true }],
    ['signing certificates', { signingCertificatesPresent: true }],
    ['no MFA devices', { passwordPresent: true }],
    ['access keys and no MFA devices', { accessKeysPresent: true, passwordPresent: true }],
    ['access keys and signing certificates', { accessKeysPresent: true, signingCertificatesPresent: true }],
    [null, { passwordPresent: true, mfaEnabled: true }],
    [null, {}],
  ])('is warned of where it should not be so: %s', (faults, more) => {
    for (const text of [tableOf({ ...none, ...more }), markdownOf({ ...none, ...more })]) {
      if (faults === null) expect(text).not.toContain('of the management account has');
      else expect(text).toContain(sentence(faults));
    }
  });
});
