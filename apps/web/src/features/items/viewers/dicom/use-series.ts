import { useEffect, useState, useSyncExternalStore } from 'react';
import { type RefreshUrls, SeriesStore } from './series-store.js';
import type { Source } from './slices.js';

/** The slices of some files, which load as long as the component is there. The sources are those of the first drawing. */
export function useSeries(sources: readonly Source[], refreshUrls: RefreshUrls) {
  const [store] = useState(() => new SeriesStore(sources, refreshUrls));
  useEffect(() => {
    store.start();
    return () => store.close();
  }, [store]);
  return { store, slices: useSyncExternalStore(store.subscribe, store.getSlices) };
}
