import { limits } from '@latchkey/contract/limits';
import { addDatasetItems, createDataset, listDatasets } from '@latchkey/contract/routes/datasets';
import { getItemSummary } from '@latchkey/contract/routes/items';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import type { Item } from '@latchkey/contract/schemas/item';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { orgAccess } from '../../lib/session.js';
import { chunksOf } from '../storage/chunks-of.js';

/** The datasets of the user; for an organisation admin all of them. */
export const useDatasets = () =>
  useQuery({
    queryKey: ['datasets', 'list'],
    queryFn: async ({ signal }) =>
      (await transport.call(listDatasets, { query: orgAccess(), signal })).result,
  });

/** Organisation admins administer each dataset, and are the only ones that see one without a role in it. */
export const canChange = ({ userRole }: Pick<Dataset, 'userRole'>): boolean => userRole !== 'user';

/** A change of datasets or of what is in them: all that shows them is read again. */
export function useDatasetMutation<Result, Variables = void>(
  mutationFn: (variables: Variables) => Promise<Result>,
  onSuccess: (result: Result) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess,
    onSettled: () => client.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

export const createDatasetOf = async (fields: { title: string; description?: string }): Promise<string> =>
  (await transport.call(createDataset, { body: fields })).datasetUuid;

export interface AddedItems {
  readonly added: number;
  readonly present: number;
}

/** Each bundle of the limit is all or nothing; adding again what has arrived changes nothing. */
export async function addToDataset(datasetUuid: string, itemUuids: readonly string[]): Promise<AddedItems> {
  let [added, present] = [0, 0];
  for (const bundle of chunksOf(itemUuids, limits.bulkItems)) {
    const options = { params: { datasetUuid }, body: { itemUuids: bundle } };
    const { addedCount, presentCount } = await transport.call(addDatasetItems, options);
    added += addedCount;
    present += presentCount;
  }
  return { added, present };
}

export const useDatasetsOfItem = ({ uuid: itemUuid, parent: folderUuid }: Item) =>
  useQuery({
    queryKey: ['datasets', 'of-item', itemUuid],
    queryFn: ({ signal }) => transport.call(getItemSummary, { params: { folderUuid, itemUuid }, signal }),
  });
