import type { ContextValue, RequestContext } from './context.ts';
import type { Condition } from './document.ts';
import { type Operator, type OperatorUse, readOperator } from './operators.ts';
import { allOf, anyOf, not, type Truth, unknown } from './truth.ts';
import { expandVariables } from './variables.ts';

/**
 * Whether one line of a `Condition` block holds. Sources: IAM User Guide, "Condition operators", "Conditions with multiple
 * context keys or values", "Multivalued context keys".
 */
export function judgeCondition(condition: Condition, context: RequestContext, version: string): Truth {
  const use = readOperator(condition.operator);
  if (use === null) return unknown({ doubt: 'unknown-operator', operator: condition.operator });
  const found = context.lookUp(condition.key);
  if (found.state === 'unknown') return unknown({ doubt: 'unknown-value', key: condition.key });
  if (use.operator === 'null') return judgeNull(condition, found);
  if (found.state === 'absent') return whenAbsent(condition, use, use.operator);
  const { operator } = use;
  return quantify(use, condition, found, (actual) => judgeValue(actual, condition, operator, context, version));
}

/** `"Null": {"key": "true"}` holds when the key is absent, `"false"` when it is present. */
function judgeNull(condition: Condition, found: ContextValue): Truth {
  if (found.state === 'present' && found.values.every((value) => value === '')) {
    return unknown({ doubt: 'empty-value', key: condition.key });
  }
  return anyOf(condition.values, (value) => {
    const wanted = value.toLowerCase();
    if (wanted !== 'true' && wanted !== 'false') return unknown({ doubt: 'not-boolean', text: value });
    return (wanted === 'true') === (found.state === 'absent');
  });
}

/**
 * An absent key: `ForAllValues` holds, `ForAnyValue` does not, `…IfExists` holds, a negated operator holds, any other does
 * not. `ForAnyValue:…IfExists` is documented both ways (IfExists holds, ForAnyValue does not): not known.
 */
function whenAbsent(condition: Condition, use: OperatorUse, operator: Operator): Truth {
  if (use.quantifier === 'all-values') return true;
  if (use.quantifier === 'any-value') {
    return use.ifExists
      ? unknown({ doubt: 'undocumented-absence', operator: condition.operator, key: condition.key })
      : false;
  }
  return use.ifExists || operator.negated;
}

function quantify(
  use: OperatorUse,
  condition: Condition,
  found: Extract<ContextValue, { state: 'present' }>,
  judge: (actual: string) => Truth,
): Truth {
  switch (use.quantifier) {
    case 'all-values':
      // "… or if the context key value resolves to a null dataset, such as an empty string": such a value is no value.
      return allOf(found.values, (value) => (value === '' ? true : judge(value)));
    case 'any-value':
      return anyOf(found.values, judge);
    case 'one':
      // "Multivalued context keys require a condition set operator": what happens without one is not documented.
      return found.multivalued
        ? unknown({ doubt: 'unquantified-list', operator: condition.operator, key: condition.key })
        : allOf(found.values, judge);
  }
}

/** Several values in the policy: any of them for a positive operator, none of them for a negated one. */
function judgeValue(
  actual: string,
  condition: Condition,
  operator: Operator,
  context: RequestContext,
  version: string,
): Truth {
  const compares = anyOf(condition.values, (value) => {
    const expansion = expandVariables(value, context, version);
    switch (expansion.state) {
      case 'expanded':
        return operator.compare(actual, expansion.glob);
      case 'unknown':
        return unknown({ doubt: 'unknown-value', key: expansion.key });
      case 'unresolved':
        // "might cause the entire statement to be invalid": certainly nothing matches, but not certainly something does not.
        return operator.negated ? unknown({ doubt: 'unresolved-variable', key: expansion.key }) : false;
    }
  });
  return operator.negated ? not(compares) : compares;
}
