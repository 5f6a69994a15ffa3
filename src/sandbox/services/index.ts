import { iam } from './iam/index.ts';
import { organizations } from './organizations/index.ts';
import { s3 } from './s3/index.ts';
import type { Service } from './service.ts';
import { sqs } from './sqs/index.ts';
import { sts } from './sts/index.ts';

/** The services that are simulated, one line each: routing, answers, behaviour and counters walk this list. */
const simulated = [
  organizations, // AWS JSON 1.1
  iam, // AWS Query
  sts, // AWS Query
  s3, // REST XML
  sqs, // AWS JSON 1.0
] as const;

export type ServiceName = (typeof simulated)[number]['name'];
export type SimulatedService = Service<ServiceName>;

export const services: readonly SimulatedService[] = simulated;
