import type { ItemScope } from '@latchkey/db/items/places';
import type { Caller } from '../context.js';

/** Where the items are that a caller may open. */
export const openScope = ({ isOrganisationAdmin, userId }: Caller): ItemScope =>
  isOrganisationAdmin ? { kind: 'everywhere' } : { kind: 'sharedWith', userId };
