import type { Item } from '@latchkey/contract/schemas/item';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { membersQuery } from '../item-queries.js';
import { DicomViewer } from '../viewers/dicom/dicom-viewer.js';
import type { Source } from '../viewers/dicom/slices.js';
import { useSeries } from '../viewers/dicom/use-series.js';
import { SliceProblem } from './slice-problem.js';

const urlsOf = (members: readonly Item[]): ReadonlyMap<string, string> =>
  new Map(members.flatMap(({ uuid, signedUrl }) => (signedUrl === null ? [] : [[uuid, signedUrl] as const])));

const sourcesOf = (members: readonly Item[]): Source[] =>
  members.flatMap((item) => (item.signedUrl === null ? [] : [{ item, url: item.signedUrl }]));

/** A DICOM series by its files. */
export function DicomSeriesFrame({
  item,
  members,
}: {
  readonly item: Item;
  readonly members: readonly Item[];
}) {
  const client = useQueryClient();
  const [urls, setUrls] = useState(() => urlsOf(members));
  const refresh = async () => {
    const fresh = urlsOf(await client.fetchQuery({ ...membersQuery(item), staleTime: 0 }));
    setUrls(fresh);
    return fresh;
  };
  const { store, slices } = useSeries(sourcesOf(members), refresh);
  return (
    <DicomViewer
      name={item.name}
      slices={slices}
      onFocus={useCallback((index) => store.focus(index), [store])}
      onFail={(key, error) => store.fail(key, error)}
      onShown={() => {}}
      problemOf={(slice, error) => (
        <SliceProblem
          key={slice.key}
          item={slice.item}
          url={urls.get(slice.item.uuid) ?? ''}
          error={error}
          onRetry={() => void refresh().then((fresh) => store.retry(fresh))}
        />
      )}
    />
  );
}
