import type { Item } from '@latchkey/contract/schemas/item';
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { countOf } from '../../lib/format.js';
import { useDatasetsOfItem } from './dataset-queries.js';

/** The datasets that an item is in. */
export function DatasetUses({ item }: { readonly item: Item }) {
  const { data, isPending } = useDatasetsOfItem(item);
  if (!data) return isPending ? '…' : 'could not be loaded';
  if (data.usedInDatasets === 0) return 'none';
  const hidden = data.usedInDatasets - data.accessibleDatasets.length;
  return (
    <>
      {data.accessibleDatasets.map(({ datasetHash, title }) => (
        <div key={datasetHash} style={{ overflowWrap: 'anywhere' }}>
          <Anchor component={Link} to={`/datasets/${datasetHash}`} size="sm" underline="always">
            {title}
          </Anchor>
        </div>
      ))}
      {hidden > 0 && (
        <Text size="sm">{countOf(hidden, 'dataset', 'datasets')} that you are not a member of</Text>
      )}
    </>
  );
}
