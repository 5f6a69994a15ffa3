import { policy } from '../../actions/policy.ts';
import { callerCommands, type GeneratedPolicy } from '../../policy/index.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { wrap } from '../../render/index.ts';
import type { IamOptions } from '../commands/policy.ts';
import type { Desk } from '../desk.ts';
import { readAccountList } from './selecting.ts';

type Writing = Pick<Desk, 'files' | 'output' | 'speaker'>;

export async function writeIam(desk: Writing, options: IamOptions): Promise<number> {
  const trustOptions = { repo: options.repo, branch: options.branch, environment: options.environment };
  if (options.oidc !== undefined) return writeTrust(desk, options);
  const [stray] = Object.entries({ ...trustOptions, 'account-id': options.accountId }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (stray !== undefined) {
    throw problemError('ContradictingFlags', { flag: `--${stray}`, others: ['--oidc github'], why: 'part-of' });
  }
  const lists = await Promise.all((options.accounts ?? []).map((list) => readAccountList(list, desk.files)));
  const accounts = lists.length === 0 ? undefined : lists.flat();
  const { partition, org } = options;
  const commands = options.for ?? callerCommands;
  write(desk, policy({ policy: 'iam', commands, partition, accounts, organizationId: org }));
  const { advice } = desk.speaker.speech.words.policy;
  if (options.for === undefined) tell(desk, advice.allCommands);
  if (org !== undefined) tell(desk, advice.unobserved);
  return exitCodes.done;
}

/** What stands for the account where none is given: AWS refuses it, so that it cannot be forgotten. */
const placeholder = 'ACCOUNT_ID';

function writeTrust(desk: Writing, options: IamOptions): number {
  const { repo, branch, environment, partition, accountId: account = placeholder } = options;
  if (repo === undefined) throw problemError('MissingRepository', {});
  write(desk, policy({ policy: 'github-trust', accountId: account, partition, repo, branch, environment }));
  const { speech } = desk.speaker;
  const { advice } = speech.words.policy;
  if (account === placeholder) tell(desk, advice.replace(placeholder));
  const chosen = options.for === undefined ? 'status' : options.for.join(',');
  tell(desk, advice.permissions(speech.rootctl('policy', 'iam', '--for', chosen)));
  return exitCodes.done;
}

export async function writeScp(desk: Writing, { partition }: { readonly partition: string }): Promise<number> {
  write(desk, policy({ policy: 'scp', partition }));
  tell(desk, desk.speaker.speech.words.policy.advice.guardrail);
  return exitCodes.done;
}

/** The policy is the result, in any format that people or programs read; why each statement is there goes to stderr. */
function write(desk: Writing, { document, notes }: GeneratedPolicy): void {
  const { output, speaker } = desk;
  output.formOf('policy', ['table', 'json']);
  output.write(`${JSON.stringify(document, null, 2)}\n`);
  for (const note of notes) tell(desk, `${note.sid}: ${speaker.speech.words.policy.note(note)} ${note.source}`);
}

function tell({ speaker: { columns, notice } }: Writing, text: string): void {
  for (const line of wrap(text, columns(), '  ')) notice(line);
}
