import type { Item } from '@latchkey/contract/schemas/item';
import { IconEyeOff } from '@tabler/icons-react';
import { EmptyState } from '../../../components/empty-state.js';
import { itemTypeLabels } from '../../../components/storage/item-types.js';
import { ObjectLink } from '../object-link.js';

export function NoViewer({ item, url }: { readonly item: Item; readonly url: string }) {
  return (
    <EmptyState
      icon={<IconEyeOff size={28} />}
      title="No viewer for this type yet"
      action={<ObjectLink url={url} />}
    >
      {itemTypeLabels[item.itemType]} items cannot be shown in the browser yet. What is known about it stands
      beside.
    </EmptyState>
  );
}
