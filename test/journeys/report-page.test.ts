import { expect, test } from 'vitest';
import { everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const scenario = () => scenarioOf([{ name: 'payments-prod', root: everything(memberId(0)) }, { root: password }, {}]);
const headline = (html = ''): string => (/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, '');

test('report --out report.html writes one page of what was read, and stdout keeps the table', async () => {
  const scene = createScene(scenario());
  const { code, stdout } = await scene.run(['report', '--out', 'report.html']);
  expect(code).toBe(0);
  expect(stdout).not.toContain('<');
  const html = scene.inputs.get('report.html');
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(headline(html)).toBe('No. 2 of 3 member accounts hold root credentials.');
  expect(html).toContain(memberId(0));
});

test('of a selection it speaks of the selected accounts only, in the language that was asked for', async () => {
  const scene = createScene(scenario());
  const { stdout } = await scene.run(['report', memberId(2), '-o', 'html', '--lang', 'ja']);
  expect(stdout).toContain('<html lang="ja">');
  expect(headline(stdout)).toBe('残っていません。選択したアカウント 1 個に、ルートユーザー認証情報は存在しません。');
});

test('of saved readings it tells without AWS what went and what came back', async () => {
  const scene = createScene(scenario());
  await scene.run(['status', '--out', 'one.json']);
  await scene.run(['delete', memberId(1), '--yes']);
  await scene.clock.sleep(60_000);
  await scene.run(['status', '--out', 'two.json']);
  const asked = scene.sandbox.requests.length;
  const { stdout, stderr } = await scene.run(['report', '--from', 'two.json', '--from', 'one.json', '-o', 'html']);
  expect(stderr).toBe('');
  expect(scene.sandbox.requests.length).toBe(asked);
  expect(headline(stdout)).toBe('No. 1 of 3 member accounts holds root credentials.');
  const period = /<section id="period".*?<\/section>/s.exec(stdout)?.[0] ?? '';
  expect(period).toContain(`href="#a${memberId(1)}"`);
});

test('of a run it tells what was removed, with the request ids', async () => {
  const scene = createScene(scenario());
  const { json } = await scene.run(['delete', '--all', '--yes', '-o', 'json']);
  const { stdout } = await scene.run(['report', '--run', json.runId, '-o', 'html']);
  const section = /<section id="run".*?<\/section>/s.exec(stdout)?.[0] ?? '';
  expect(section).toContain('7 root credentials deleted in 2 accounts.');
  for (const { actions } of json.accounts) {
    for (const { requestId } of actions) expect(section).toContain(requestId);
  }
  expect(headline(stdout)).toBe('Yes. All 3 member accounts are free of root credentials.');
});

test('html is no form of another document', async () => {
  const { code, stderr } = await createScene(scenario()).run(['status', '-o', 'html']);
  expect(code).toBe(64);
  expect(stderr).toContain('html');
});
