import { judgeCondition } from './conditions.ts';
import type { RequestContext } from './context.ts';
import type { Patterns, PolicyDocument, Principal, Principals, Statement } from './document.ts';
import { matchesGlob, matchesLiteralGlob } from './glob.ts';
import { allOf, anyOf, bothOf, not, type Truth, unknown } from './truth.ts';
import { expandVariables } from './variables.ts';

/** Whether a statement applies to a request: action, resource, principal and every condition. */
export function statementApplies(
  statement: Statement,
  context: RequestContext,
  version: PolicyDocument['version'],
): Truth {
  if (!coversAction(statement.actions, context.action)) return false;
  return bothOf(
    bothOf(judgeResources(statement.resources, context, version), judgePrincipals(statement.principals, context)),
    allOf(statement.conditions, (condition) => judgeCondition(condition, context, version)),
  );
}

/** Actions are compared without regard to case. */
export function coversAction(actions: Patterns, action: string): boolean {
  const listed = actions.patterns.some((pattern) => matchesGlob(pattern, action, { ignoreCase: true }));
  return listed === (actions.match === 'only');
}

/** A `*` in a resource pattern may run over colons (IAM User Guide, "Resource"), so the ARN is matched as a whole. */
function judgeResources(resources: Patterns | null, context: RequestContext, version: string): Truth {
  if (resources === null) return true;
  const negated = resources.match === 'all-but';
  const listed = anyOf(resources.patterns, (pattern) => {
    const expansion = expandVariables(pattern, context, version);
    switch (expansion.state) {
      case 'expanded':
        return matchesLiteralGlob(expansion.glob, context.resource);
      case 'unknown':
        return unknown({ doubt: 'unknown-value', key: expansion.key });
      case 'unresolved':
        return negated ? unknown({ doubt: 'unresolved-variable', key: expansion.key }) : false;
    }
  });
  return negated ? not(listed) : listed;
}

function judgePrincipals(principals: Principals | null, context: RequestContext): Truth {
  if (principals === null) return true;
  const listed = anyOf(principals.principals, (principal) => judgePrincipal(principal, context));
  return principals.match === 'all-but' ? not(listed) : listed;
}

/** Which context key tells of a principal of this type (IAM User Guide, "Principal" and "Global condition context keys"). */
const principalKeys = new Map([
  ['AWS', 'aws:PrincipalArn'],
  ['Service', 'aws:PrincipalServiceName'],
  ['Federated', 'aws:FederatedProvider'],
]);

function judgePrincipal({ type, value }: Principal, context: RequestContext): Truth {
  if (type === 'AWS' && value === '*') return true;
  const account = type === 'AWS' ? accountOf(value) : null;
  const key = account === null ? principalKeys.get(type) : 'aws:PrincipalAccount';
  if (key === undefined) return unknown({ doubt: 'unknown-principal-type', type });
  const found = context.lookUp(key);
  if (found.state === 'unknown') return unknown({ doubt: 'unknown-value', key });
  return found.state === 'present' && found.values.includes(account ?? value);
}

/** An account's number, or the ARN of its root, stands for every principal of the account. */
function accountOf(principal: string): string | null {
  return /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/u.exec(principal)?.[1] ?? null;
}
