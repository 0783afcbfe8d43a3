import type { Item } from '@latchkey/contract/schemas/item';
import type { ComponentType } from 'react';

/** Shows any item. Handed down to where items are made of items, which are shown by it in turn. */
export type ItemViewType = ComponentType<{ readonly item: Item }>;
