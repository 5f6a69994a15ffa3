import type { CallerCommand, PolicySource } from '../../src/policy/index.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { dataLake, enabledDefault, management, network, payments } from './issue5-scenarios.ts';

/** One command line on one organization. Together, a command's cases make every call that the command can make. */
export interface Case {
  readonly args: readonly string[];
  readonly scenario: Scenario;
  /** A required action that is taken out makes this case fail. */
  readonly isPlain: boolean;
  /** `.rootctl.yaml`; there is none unless given. */
  readonly config?: string;
}

const plain = (args: readonly string[], scenario = enabledDefault()): Case => ({ args, scenario, isPlain: true });
const special = (args: readonly string[], scenario = enabledDefault()): Case => ({ args, scenario, isPlain: false });

/** An OU that is protected by its path has to be found, whatever else is named. */
const protecting = (args: readonly string[]): Case => ({ ...special(args), config: 'protect: [Workloads/Prod]' });

/** Emulators and older partitions leave `Paths` out: the units are walked. */
const withoutPaths = enabledDefault({}, { behaviour: { accountShape: 'status' } });
const off = enabledDefault({ trustedServices: [], rootCredentialsManagement: false, rootSessions: false });
const delegated = enabledDefault({
  delegatedAdministrators: [{ accountId: network, servicePrincipal: 'iam.amazonaws.com', registeredAt: '2d ago' }],
});

const selections = (words: readonly string[]): readonly Case[] => [
  special([...words, '--tag', 'team=data']),
  special([...words, '--ou', 'Workloads/Prod']),
];
const remove = ['delete', '--yes', '--wait', '0s'];

export const casesOf: Readonly<Record<CallerCommand, readonly Case[]>> = {
  status: [plain(['status']), ...selections(['status']), special(['status'], withoutPaths)],
  delete: [
    plain([...remove, payments]),
    special([...remove, '555555555555']),
    ...selections(remove),
    special([...remove, '--all'], withoutPaths),
  ],
  recover: [
    plain(['recover', network, '--yes']),
    special(['recover', '555555555555', '--yes']),
    protecting(['recover', dataLake, '--yes']),
    special(['recover', network, '--yes'], withoutPaths),
  ],
  unlock: [
    plain(['unlock', 's3', '--account', payments, '--bucket', 'payments-prod-ledger', '--delete-policy', '--yes']),
    plain(['unlock', 'sqs', '--account', dataLake, '--queue', 'ingest-events', '--delete-policy', '--yes']),
    special(['unlock', 's3', '--account', '555555555555']),
    protecting(['unlock', 's3', '--account', dataLake]),
    special(['unlock', 's3', '--account', payments], withoutPaths),
  ],
  enable: [
    plain(['enable'], off),
    special(['enable', '--delegated-admin', network], off),
    special(['disable', '--trusted-access', '--delegated-admin', network, '--yes'], delegated),
  ],
  doctor: [plain(['doctor']), protecting(['doctor']), special(['doctor'], withoutPaths)],
};

/** The scenario, called from the management account by somebody who may do exactly this. */
export const calledWith = (scenario: Scenario, policy: PolicySource): Scenario => ({
  ...scenario,
  callers: [{ name: 'management', accountId: management, policies: [JSON.parse(JSON.stringify(policy))] }],
});
