import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transport } from '../../src/aws/transport.ts';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import { everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene, type SceneResult } from '../support/scene.ts';
import { anyText, holdsOften } from './hostile.ts';

const organization = scenarioOf([{ root: everything(memberId(0)) }, { root: password }, {}], {
  behaviour: { iamPageSize: 1, organizationsPageSize: 2 },
});

/** More requests than any command here needs, tries again included. */
const requestsMax = 3_000;

/** One answer's bytes, spoilt: where in the run, how, and with which bytes. */
interface Spoiling {
  readonly nth: number;
  /** Every answer from there on, not this one alone. */
  readonly isLasting: boolean;
  readonly how: 'replace' | 'cut' | 'insert' | 'flip' | 'double' | 'nest';
  readonly place: number;
  readonly bytes: Uint8Array;
  /** Null: the status stays as it is. */
  readonly status: number | null;
}

const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  nth: fc.nat({ max: 25 }),
  isLasting: fc.boolean(),
  how: fc.constantFrom('replace', 'cut', 'insert', 'flip', 'double', 'nest'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.oneof(
    anyText.map((text) => new Uint8Array(Buffer.from(text, 'utf8'))),
    fc.uint8Array({ maxLength: 40 }),
  ),
  status: fc.constantFrom(null, null, null, 200, 204, 301, 400, 403, 418, 500, 999),
});

function spoilt(body: Buffer, { how, place, bytes }: Spoiling): Buffer {
  const at = Math.floor(place * body.length);
  const given = Buffer.from(bytes);
  switch (how) {
    case 'replace':
      return given;
    case 'cut':
      return body.subarray(0, at);
    case 'insert':
      return Buffer.concat([body.subarray(0, at), given, body.subarray(at)]);
    case 'flip': {
      const changed = Buffer.from(body);
      changed[Math.min(at, body.length - 1)] = given[0] ?? 0;
      return changed;
    }
    case 'double':
      return Buffer.concat([body, body]);
    case 'nest': {
      // So deep that whatever reads by recursion runs out of stack.
      const isJson = body.subarray(at).includes(0x7b);
      const [open, close] = isJson ? ['{"a":', '}'] : ['<a>', '</a>'];
      const deep = Buffer.from(`${open.repeat(20_000)}${isJson ? '1' : ''}${close.repeat(20_000)}`);
      return Buffer.concat([body.subarray(0, at), deep, body.subarray(at)]);
    }
  }
}

async function runSpoilt(args: readonly string[], all: readonly Spoiling[]): Promise<[SceneResult, Scene]> {
  const scene = createScene(organization);
  const handler = sandboxRequestHandler(scene.sandbox);
  let count = 0;
  const transport: Transport = {
    handle: async (request, options) => {
      if (count >= requestsMax) throw new Error('the command asks without end');
      const { response } = await handler.handle(request, options);
      const body = all
        .filter(({ nth, isLasting }) => nth === count || (isLasting && nth < count))
        .reduce<Buffer>((text, one) => spoilt(text, one), Buffer.from(response.body));
      const status = all.find(({ nth }) => nth === count)?.status ?? response.statusCode;
      count += 1;
      return { response: { ...response, statusCode: status, body } };
    },
    destroy: () => {},
  };
  const credentials = scene.sandbox.credentials().management;
  const result = await scene.run(args, { connection: { transport, credentials, region: 'us-east-1' } });
  expect(count).toBeLessThan(requestsMax);
  return [result, scene];
}

const mistake =
  /InternalError|Maximum call stack|is not a function|is not iterable|Cannot (?:read|convert|set)|RangeError/u;
const held = (scene: Scene, id: string): number => credentialsIn(scene.account(id).root);
const spoilings = fc.array(spoiling, { minLength: 1, maxLength: 2 });

describe('whatever bytes come in the place of an answer', () => {
  test('status tells in a document what it could not read, and calls nothing absent that is there', async () => {
    await holdsOften(
      fc.asyncProperty(spoilings, async (all) => {
        const [{ code, stdout, stderr }, scene] = await runSpoilt(['status', '--check', '-o', 'json'], all);
        expect(`${stdout}${stderr}`).not.toMatch(mistake);
        expect([0, 1, 2]).toContain(code);
        const { kind, accounts = [] } = JSON.parse(stdout);
        expect(kind).toMatch(/^rootctl\.(?:status|error)$/u);
        for (const { id, status } of accounts) if (status === 'absent') expect([id, held(scene, id)]).toEqual([id, 0]);
      }),
      120,
    );
  });

  test('delete says deleted of what is gone, and of nothing else', async () => {
    await holdsOften(
      fc.asyncProperty(spoilings, async (all) => {
        const args = ['delete', '--all', '--yes', '-o', 'json', '--wait', '5s'];
        const [{ stdout, stderr }, scene] = await runSpoilt(args, all);
        expect(`${stdout}${stderr}`).not.toMatch(mistake);
        for (const { id, outcome } of JSON.parse(stdout).accounts ?? [])
          if (outcome === 'deleted' || outcome === 'absent') expect([id, held(scene, id)]).toEqual([id, 0]);
      }),
      80,
    );
  });

  test('doctor ends, and says which check could not be made', async () => {
    await holdsOften(
      fc.asyncProperty(spoilings, async (all) => {
        const [{ code, stdout, stderr }] = await runSpoilt(['doctor', '-o', 'json'], all);
        expect(`${stdout}${stderr}`).not.toMatch(mistake);
        expect([0, 1]).toContain(code);
      }),
      60,
    );
  });
});
