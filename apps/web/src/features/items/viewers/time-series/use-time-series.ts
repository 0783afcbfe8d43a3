import { useEffect, useRef, useState } from 'react';
import { type DownloadProgress, ObjectDownload } from '../loading/object-download.js';
import type { ViewerProps } from '../viewer-props.js';
import type { Series } from './read-series.js';
import { SeriesParser } from './series-parser.js';

export interface SeriesState {
  readonly progress: DownloadProgress | null;
  readonly series: Series | null;
  /** Why the bytes, which arrived, cannot be shown. */
  readonly problem: string | null;
}

class NotASeries extends Error {}

/** Loads and reads a time series; leaving stops both. A new attempt goes on where the last one broke off. */
export function useTimeSeries({ url, attempt, onReady, onFail }: ViewerProps): SeriesState {
  const [state, setState] = useState<SeriesState>({ progress: null, series: null, problem: null });
  const [download] = useState(() => new ObjectDownload({ keepsBytes: false }));
  /** Survives a failed attempt: how far the file was read. */
  const reading = useRef<SeriesParser | null>(null);
  const report = useRef({ onReady, onFail });
  useEffect(() => {
    report.current = { onReady, onFail };
  });
  useEffect(
    () => () => {
      reading.current?.close();
      reading.current = null;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again, also from the same URL.
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const begin = () => {
      reading.current?.close();
      reading.current = new SeriesParser();
    };
    const finish = (part: Partial<SeriesState>) => {
      reading.current?.close();
      reading.current = null;
      setState((current) => ({ ...current, ...part }));
      report.current.onReady();
    };
    const run = async () => {
      try {
        await download.run(url, {
          signal,
          onBegin: begin,
          onPart: async (progress, part) => {
            const answer = await reading.current?.push(part);
            if (answer && 'problem' in answer) throw new NotASeries(answer.problem);
            if (!signal.aborted) setState((current) => ({ ...current, progress }));
          },
        });
        const answer = await reading.current?.push(null);
        if (!signal.aborted && answer) finish(answer);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof NotASeries) finish({ problem: error.message });
        else report.current.onFail();
      }
    };
    void run();
    return () => stop.abort();
  }, [url, attempt, download]);
  return state;
}
