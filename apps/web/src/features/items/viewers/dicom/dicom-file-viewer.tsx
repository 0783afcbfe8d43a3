import { useCallback, useEffect, useEffectEvent, useMemo } from 'react';
import { SliceProblem } from '../../members/slice-problem.js';
import type { ViewerProps } from '../viewer-props.js';
import { DicomViewer } from './dicom-viewer.js';
import { useSeries } from './use-series.js';

const noUrls = async () => null;

/** One DICOM file, of one image or of several frames. */
export function DicomFileViewer({ item, url, attempt, onReady, onFail }: ViewerProps) {
  const sources = useMemo(() => [{ item, url }], [item, url]);
  const { store, slices } = useSeries(sources, noUrls);
  useEffect(() => {
    if (attempt > 0) store.retry(new Map([[item.uuid, url]]));
  }, [store, item.uuid, url, attempt]);
  const [first] = slices;
  const isFailed = slices.every(({ state }) => state.kind === 'failed');
  const report = useEffectEvent(() => {
    if (first?.state.kind === 'failed') onFail(first.state.error);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is told once.
  useEffect(() => {
    if (isFailed) report();
  }, [isFailed, first]);
  return (
    <DicomViewer
      name={item.name}
      slices={slices}
      onFocus={useCallback((index) => store.focus(index), [store])}
      onFail={(key, error) => store.fail(key, error)}
      onShown={onReady}
      problemOf={(_frame, error) => (
        <SliceProblem item={item} url={url} error={error} onRetry={() => store.retry(null)} />
      )}
    />
  );
}
