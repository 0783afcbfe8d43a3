import type { Item } from '@latchkey/contract/schemas/item';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { siblingsQuery } from './item-queries.js';
import { type Neighbours, neighboursIn, siblingsOfState } from './neighbours.js';

const none: Neighbours = { previous: null, next: null };

/** What comes before and after the item in the list that the user came from, else in its folder by name. */
export function useNeighbours(item: Item): Neighbours {
  const { state } = useLocation();
  const inList = neighboursIn(siblingsOfState(state), item.uuid);
  const folder = useQuery({ ...siblingsQuery(item.parent), enabled: inList === null });
  return inList ?? neighboursIn(folder.data ?? [], item.uuid) ?? none;
}
