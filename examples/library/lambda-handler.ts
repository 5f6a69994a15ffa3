// An AWS Lambda function that fails when root credentials have appeared since a baseline: run it on a schedule, and let
// an alarm watch its errors. Its role needs what `rootctl policy iam --task status` prints.
import { readFile } from 'node:fs/promises';
import {
  type AccountStatus,
  type Connection,
  compareStatus,
  connectAws,
  describe,
  isPartlyUnknown,
  isUnaccepted,
  parseStatus,
  status,
} from 'rootctl';

/** What the function has around it; a test gives it another. */
export interface Parts {
  readonly connect: () => Promise<Connection>;
  /** An earlier `rootctl status -o json`: the credentials in it are accepted. */
  readonly readBaseline: () => Promise<string>;
}

/** Of Lambda's context. */
export interface RemainingTime {
  readonly getRemainingTimeInMillis: () => number;
}

export interface Verdict {
  readonly accounts: number;
  readonly present: number;
}

/** So long before Lambda ends the function nothing new is begun, and this long before it what is in flight is given up. */
const stopMs = 10_000;
const giveUpMs = 3_000;

export const createHandler =
  ({ connect, readBaseline }: Parts) =>
  async (_event: unknown, context: RemainingTime): Promise<Verdict> => {
    const leftMs = context.getRemainingTimeInMillis();
    const stop = AbortSignal.timeout(Math.max(leftMs - stopMs, 0));
    const signal = AbortSignal.timeout(Math.max(leftMs - giveUpMs, 0));
    const baseline = parseStatus(await readBaseline());
    if (!baseline.ok) {
      const { message } = await describe(baseline.problem);
      throw new Error(`the baseline is no status: ${message}`);
    }
    const connection = await connect();
    try {
      const current = await status({ selection: { all: true } }, { connection, stop, signal });
      const appeared = compareStatus(baseline.document, current).filter(isUnaccepted);
      if (appeared.length > 0) {
        const accounts = appeared.map(({ id, name, change }) => `${name} (${id}, ${change})`);
        throw new Error(`root credentials have appeared: ${accounts.join(', ')}`);
      }
      const unknown = current.accounts.filter(isPartlyUnknown);
      if (unknown.length > 0 || !current.complete) throw new Error(whatIsUnknown(unknown));
      return { accounts: current.summary.accounts, present: current.summary.present };
    } finally {
      connection.close();
    }
  };

/** What could not be looked at is never taken for clean. */
function whatIsUnknown([first, ...more]: readonly AccountStatus[]): string {
  if (first === undefined) return 'the reading was cut short';
  return `${more.length + 1} accounts could not be read, among them ${first.name} (${first.error?.code ?? 'in part'})`;
}

/** The role's own credentials, as Lambda puts them into the environment. */
async function connectAsRole(): Promise<Connection> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) throw new Error('no credentials');
  return connectAws({
    region: AWS_REGION ?? 'us-east-1',
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
  });
}

export const handler = createHandler({
  connect: connectAsRole,
  readBaseline: () => readFile(process.env['BASELINE'] ?? 'baseline.json', 'utf8'),
});
