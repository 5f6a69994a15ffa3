import type { Dispatch } from '../../src/aws/dispatch.ts';

/** Sends commands through an SDK client's own `send`, where aws-sdk-client-mock listens; who signs is the client's affair. */
export const sdkDispatch = (client: { send(command: never): Promise<unknown> }): Dispatch =>
  (async (command) => client.send(command as never)) as Dispatch;
