import { describe, expect, test } from 'vitest';
import type { Transport } from '../../src/aws/transport.ts';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { hostileNames, steering } from '../render/hostile.ts';
import { denyRoot, everything, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const named = () => scenarioOf(hostileNames.map((name) => ({ name, root: password })));

/** Nothing in it moves a cursor, writes a title or begins a line of its own. */
function requireHarmless(text: string): void {
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    expect(steering.test(line), JSON.stringify(line)).toBe(false);
    expect(line).not.toMatch(/^\s*(?:error: forged|forged)/u);
  }
}

describe('what was saved is data like what comes from AWS', () => {
  test.each(['table', 'markdown', 'csv'])('a reading, as %s, and what changed since', async (form) => {
    const scene = createScene(named());
    const saved = (await scene.run(['status', '-o', 'json'])).stdout;
    scene.inputs.set('saved.json', saved);
    scene.inputs.set('clean.json', saved);
    for (const args of [
      ['status', '--from', 'saved.json', '-o', form],
      ['report', '--from', 'saved.json', '-o', form],
      ['status', '--baseline', 'saved.json', '-o', form],
    ]) {
      const { code, stdout, stderr } = await scene.run(args);
      expect([args.join(' '), code === 64]).toEqual([args.join(' '), false]);
      requireHarmless(`${stdout}\n${stderr}`);
    }
  });

  test('a plan, and the journal of its run', async () => {
    const scene = createScene(named());
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    const run = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
    expect(run.code).toBe(0);
    requireHarmless(`${run.stdout}\n${run.stderr}`);
    const { json } = await scene.run(['runs', '-o', 'json']);
    const [{ id }] = json.runs;
    for (const args of [
      ['runs'],
      ['runs', 'show', id],
      ['runs', 'show', id, '--events'],
      ['runs', 'show', id, '-o', 'markdown'],
    ]) {
      const { code, stdout, stderr } = await scene.run(args);
      expect(code).toBe(0);
      requireHarmless(`${stdout}\n${stderr}`);
    }
  });

  test('a path and a key that are hostile themselves are shown, and steer nothing', async () => {
    const path = 'x\u001b[2J\u001b]0;t\u0007\nerror: forged';
    for (const args of [
      ['status', '--from', path],
      ['delete', '--plan', path, '--yes'],
      ['status', '--accounts', `@${path}`],
      ['status', '--config', path],
      ['runs', 'show', path],
      ['status', '--out', path],
      [path],
      ['status', `--${path}`],
    ]) {
      const { code, stdout, stderr } = await createScene(scenarioOf([{}])).run(args);
      expect([args, code]).toEqual([args, 64]);
      requireHarmless(`${stdout}\n${stderr}`);
    }
    const scene = createScene(scenarioOf([{}]));
    scene.inputs.set('.rootctl.yaml', '"x\\e[2J\\nerror: forged": 1\n');
    const { code, stdout, stderr } = await scene.run(['status']);
    expect(code).toBe(64);
    requireHarmless(`${stdout}\n${stderr}`);
  });
});

test.each(['status', 'delete'])(
  '%s: what AWS says in an error, and its request ids, steer nothing',
  async (command) => {
    const scenario = scenarioOf([{ root: everything(memberId(0)) }, { root: password }], {
      organization: { policies: [denyRoot([memberId(1)])] },
    });
    const scene = createScene(scenario);
    const handler = sandboxRequestHandler(scene.sandbox);
    const hostile = '&#x1b;[2J&#x1b;]0;t&#x7;&#xa;error: forged&#xd;forged';
    const transport: Transport = {
      handle: async (request, options) => {
        const { response } = await handler.handle(request, options);
        const body = Buffer.from(response.body)
          .toString()
          .replace(/<Message>[^<]*/u, `<Message>${hostile}`)
          .replace(/<RequestId>[^<]*/u, `<RequestId>${hostile}`);
        const headers = { ...response.headers, 'x-amzn-requestid': 'r\u001b[2J\u001b]0;t\u0007' };
        return { response: { ...response, headers, body: Buffer.from(body) } };
      },
      destroy: () => {},
    };
    const connection = { transport, credentials: scene.sandbox.credentials().management, region: 'us-east-1' };
    const flags = command === 'delete' ? ['--all', '--yes'] : [];
    const { code, stdout, stderr } = await scene.run([command, ...flags], { connection });
    expect(code).toBe(1);
    requireHarmless(`${stdout}\n${stderr}`);
    const debug = await scene.run(['status', '--debug'], { connection });
    requireHarmless(`${debug.stdout}\n${debug.stderr}`);
    const markdown = await scene.run(['status', '-o', 'markdown'], { connection });
    requireHarmless(markdown.stdout);
    const { json } = await scene.run(['runs', '-o', 'json'], { connection });
    for (const { id } of json.runs)
      requireHarmless((await scene.run(['runs', 'show', id, '--events'], { connection })).stdout);
  },
);

describe('hundreds of kilobytes in the place of a line', () => {
  const scenario = scenarioOf([{ root: password }], { organization: { policies: [denyRoot([memberId(0)])] } });
  /** Each answer with this in it, instead of what AWS writes there. */
  async function runWith(from: RegExp, to: string) {
    const scene = createScene(scenario);
    const handler = sandboxRequestHandler(scene.sandbox);
    const transport: Transport = {
      handle: async (request, options) => {
        const { response } = await handler.handle(request, options);
        const body = Buffer.from(response.body)
          .toString()
          .replace(from, () => to);
        return { response: { ...response, body: Buffer.from(body) } };
      },
      destroy: () => {},
    };
    const credentials = scene.sandbox.credentials().management;
    return scene.run(['status'], { connection: { transport, credentials, region: 'us-east-1' } });
  }
  const long = '名 \u001b[2Ja'.repeat(40_000);

  test('the name of an account is malformed: AWS allows fifty characters', async () => {
    const { code, stdout, stderr } = await runWith(/"Name":"member-0"/u, `"Name":${JSON.stringify(long)}`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*Accounts\.member\.Name is not in the form that AWS uses/mu);
    expect(`${stdout}${stderr}`.length).toBeLessThan(10_000);
  });

  test.each(['Message', 'Code', 'RequestId'])('what an error says is cut: %s', async (element) => {
    const written = long.replaceAll('\u001b', '&#x1b;');
    const { code, stdout, stderr } = await runWith(new RegExp(`<${element}>[^<]*`, 'u'), `<${element}>${written}`);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`.length).toBeLessThan(100_000);
    requireHarmless(`${stdout}\n${stderr}`);
  });
});

describe('a .rootctl.yaml that came with a repository', () => {
  const other = 'o-otherorg01';
  test.each([
    ['names a program to run', 'pager: "sh -c id"'],
    ['writes a file', 'out: "json=/tmp/x"'],
    ['sends requests elsewhere', 'endpointUrl: http://127.0.0.1:9'],
    ['names another configuration', 'config: other.yaml'],
    ['hides what is said', 'quiet: true'],
    ['confirms', 'commands: { delete: { yes: true } }'],
    ['selects', 'commands: { delete: { all: true } }'],
    ['selects by name', 'commands: { delete: { name: "*" } }'],
    ['brings a plan', 'commands: { delete: { plan: plan.json } }'],
    ['writes a plan', 'commands: { delete: { plan-out: /tmp/plan.json } }'],
    ['lets an old plan pass', 'commands: { delete: { plan-max-age: 3650d } }'],
    ['lets failures pass', 'commands: { delete: { max-failures: 100000 } }'],
    ['accepts what is there', 'commands: { status: { baseline: all.json } }'],
    ['hides accounts', 'commands: { status: { state: absent } }'],
    ['brings a policy', 'commands: { "unlock s3": { put-policy: open.json } }'],
  ])('%s: it may not, and nothing is asked of AWS', async (_what, text) => {
    const scene = createScene(scenarioOf([{ root: password }]));
    scene.inputs.set('.rootctl.yaml', `${text}\n`);
    for (const args of [['status'], ['delete', '--all', '--yes']]) {
      const { code, stderr } = await scene.run(args);
      expect(code).toBe(64);
      expect(stderr).toMatch(/^error: \.rootctl\.yaml:1:\d+: /u);
    }
    expect(scene.sandbox.requests).toEqual([]);
    expect([...scene.inputs.keys()]).toEqual(['.rootctl.yaml']);
  });

  test('chooses another profile, and with it another organization: `org` of the user configuration refuses that one', async () => {
    const scene = createScene(scenarioOf([{ root: password }]));
    scene.inputs.set('/config/config.yaml', `commands: { delete: { org: ${other} } }\n`);
    const { code, stderr } = await scene.run(['delete', '--all', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain(organizationId);
    expect(scene.sandbox.requests.map(({ operation }) => operation)).not.toContain('AssumeRoot');
  });

  test('protects every account: a check says that none was checked', async () => {
    const scene = createScene(scenarioOf([{ root: password }]));
    scene.inputs.set('.rootctl.yaml', 'protect: ["*"]\n');
    const { stdout } = await scene.run(['status', '--check']);
    expect(stdout).toContain('No account was checked.');
    expect(stdout).toMatch(/skipped\s+protected by the configuration/u);
  });
});
