import type { Item } from '@latchkey/contract/schemas/item';
import { useQueryClient } from '@tanstack/react-query';

/** Notes a new folder on the loaded item: asking for it again would hand out its URL again. */
export function useSetParent(itemUuid: string): (parent: string) => void {
  const client = useQueryClient();
  return (parent) =>
    client.setQueryData<Item>(['items', 'detail', itemUuid], (item) => item && { ...item, parent });
}
