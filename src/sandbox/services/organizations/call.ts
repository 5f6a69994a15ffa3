import { type Call, pageOf } from '../../call.ts';
import type { Input, Output } from '../../protocols/json.ts';
import type { AccountState, OrganizationState } from '../../state.ts';
import { Refusal } from '../../wire.ts';

export type Operation = (call: Call, organization: OrganizationState, input: Input) => Output;

export const invalidInput = (message: string, reason: string): Refusal =>
  new Refusal('InvalidInputException', 400, message, { fields: { Reason: reason } });

/** @throws Refusal InvalidInputException unless the member is there and of that form. */
export function text(input: Input, name: string, pattern: RegExp): string {
  const value = input[name];
  if (typeof value !== 'string')
    throw invalidInput(`You specified an invalid value: ${name} is required.`, 'INPUT_REQUIRED');
  if (!pattern.test(value))
    throw invalidInput(`You provided a value that does not match the required pattern.`, 'INVALID_PATTERN');
  return value;
}

export const patterns = {
  account: /^\d{12}$/,
  parent: /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  unit: /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
  target: /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  policy: /^p-[0-9a-zA-Z_]{8,128}$/,
  servicePrincipal: /^[\w+=,.@-]{1,128}$/,
} as const;

/** One page of `items` under `name`, at most 20, or as many as `MaxResults` asks for. */
export function listed<T>(
  call: Call,
  input: Input,
  name: string,
  items: readonly T[],
  show: (item: T) => Output,
): Output {
  const page = pageOf(items, tokenOf(input), pageSizeOf(call, input));
  if (page === undefined) throw invalidInput('You specified an invalid next token.', 'INVALID_NEXT_TOKEN');
  return { [name]: page.items.map(show), ...(page.next === undefined ? {} : { NextToken: page.next }) };
}

export function tokenOf(input: Input): string | undefined {
  const token = input['NextToken'];
  return typeof token === 'string' ? token : undefined;
}

const pageSizeMax = 20;

export function pageSizeOf({ state }: Call, input: Input): number {
  const asked = input['MaxResults'] ?? pageSizeMax;
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 1 || asked > pageSizeMax)
    throw invalidInput('You provided a number outside of the allowed range.', 'MAX_VALUE_EXCEEDED');
  return Math.min(asked, state.behaviour.organizationsPageSize ?? pageSizeMax);
}

export function accountNamed({ state }: Call, id: string): AccountState {
  const account = state.accountsById.get(id);
  if (account === undefined)
    throw new Refusal('AccountNotFoundException', 400, "You specified an account that doesn't exist.");
  return account;
}
