import type { ItemType } from '@latchkey/contract/kinds';
import type { LocatedUrl } from '@latchkey/locator/locate';
import type { UnitMember } from './unit.js';

/**
 * Where a composite unit is: its identity is made of its type and of the identities of its members in their order, and
 * it expires with the first of them.
 */
export function composeLocation(
  itemType: ItemType,
  members: readonly UnitMember[],
  references: readonly string[] = [],
): LocatedUrl {
  const locations = members.map(({ location }) => location);
  const [first] = locations;
  return {
    identity: [itemType, ...locations.map(({ identity }) => identity), ...references].join('\n'),
    identityHoldsSecret: locations.some(({ identityHoldsSecret }) => identityHoldsSecret),
    provider: first?.provider ?? 'web',
    host: first?.host ?? '',
    origin: first?.origin ?? '',
    signature: earliestSignature(locations),
    servedByGateway: locations.length > 0 && locations.every(({ servedByGateway }) => servedByGateway),
    secretStart: -1,
    needsSigner: locations.some(({ needsSigner }) => needsSigner),
    defaultTitle: first?.defaultTitle ?? 'group',
  };
}

function earliestSignature(locations: readonly LocatedUrl[]): LocatedUrl['signature'] {
  let earliest: LocatedUrl['signature'] = null;
  for (const { signature } of locations) {
    if (signature === null) continue;
    const expiry = signature.expiresAt ?? Number.POSITIVE_INFINITY;
    if (earliest === null || expiry < (earliest.expiresAt ?? Number.POSITIVE_INFINITY)) earliest = signature;
  }
  return earliest;
}
