// The function of lambda-handler.ts on a simulated organization: once when nothing has appeared, once when something has.
import { connectSandbox, status } from 'rootctl';
import { createHandler } from './lambda-handler.js';

const connection = await connectSandbox({ accounts: 40, seed: 7, enabled: true });
const connect = async () => connection;
const context = { getRemainingTimeInMillis: () => 60_000 };
const today = await status({}, { connection });

const quiet = createHandler({ connect, readBaseline: async () => JSON.stringify(today) });
const verdict = await quiet({}, context);

/** A day on which nobody held anything. */
const clean = {
  ...today,
  accounts: today.accounts.map((account) =>
    account.status === 'present' ? { ...account, status: 'absent', credentials: nothing(), lastUsedAt: null } : account,
  ),
  summary: { ...today.summary, present: 0, absent: today.summary.absent + today.summary.present },
};
const loud = createHandler({ connect, readBaseline: async () => JSON.stringify(clean) });
const message = await loud({}, context).then(
  () => 'nothing was noticed',
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
if (verdict.present === 0 || !message.startsWith('root credentials have appeared: ')) throw new Error(message);
process.stdout.write(`${verdict.present} accounts with accepted credentials; then: ${message.slice(0, 60)}…\n`);

function nothing() {
  return {
    loginProfile: { present: false, createdAt: null, lastUsedAt: null },
    accessKeys: [],
    mfaDevices: [],
    signingCertificates: [],
  };
}
