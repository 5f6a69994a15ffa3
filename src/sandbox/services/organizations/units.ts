import type { Call } from '../../call.ts';
import type { Output } from '../../protocols/json.ts';
import { type OrganizationalUnit, type OrganizationState, unitPathOf } from '../../state.ts';
import { Refusal } from '../../wire.ts';
import { parentNamed } from './accounts.ts';
import { invalidInput, listed, type Operation, patterns, text } from './call.ts';

export const unitOperations: Readonly<Record<string, Operation>> = {
  ListOrganizationalUnitsForParent(call, organization, input) {
    const parentId = parentNamed(organization, text(input, 'ParentId', patterns.parent));
    const units = organization.unitsByParent.get(parentId) ?? [];
    return listed(call, input, 'OrganizationalUnits', units, (unit) => unitOutput(call, organization, unit));
  },
  DescribeOrganizationalUnit(call, organization, input) {
    const unit = organization.units.get(text(input, 'OrganizationalUnitId', patterns.unit));
    if (unit === undefined)
      throw new Refusal('OrganizationalUnitNotFoundException', 400, "You specified an OU that doesn't exist.");
    return { OrganizationalUnit: unitOutput(call, organization, unit) };
  },
  ListParents(call, organization, input) {
    const childId = text(input, 'ChildId', /^(\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);
    const parentId = call.state.accountsById.get(childId)?.parentId ?? organization.units.get(childId)?.parentId;
    if (parentId === undefined)
      throw new Refusal('ChildNotFoundException', 400, "You specified an account or OU that doesn't exist.");
    const type = parentId === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    return { Parents: [{ Id: parentId, Type: type }] };
  },
  ListChildren(call, organization, input) {
    const parentId = parentNamed(organization, text(input, 'ParentId', patterns.parent));
    const type = input['ChildType'];
    if (type !== 'ACCOUNT' && type !== 'ORGANIZATIONAL_UNIT')
      throw invalidInput('You specified an invalid child type.', 'INVALID_ENUM');
    const children: readonly { id: string }[] =
      (type === 'ACCOUNT' ? organization.accountsByParent : organization.unitsByParent).get(parentId) ?? [];
    return listed(call, input, 'Children', children, ({ id }) => ({ Id: id, Type: type }));
  },
};

function unitOutput({ state }: Call, organization: OrganizationState, unit: OrganizationalUnit): Output {
  const { id, name } = unit;
  return {
    Id: id,
    Arn: `arn:${state.partition}:organizations::${organization.managementAccountId}:ou/${organization.id}/${id}`,
    Name: name,
    ...(state.behaviour.accountShape === 'status' ? {} : { Path: `${unitPathOf(organization, unit.parentId)}${id}/` }),
  };
}
