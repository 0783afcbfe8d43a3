import { useEffect, useRef, useState } from 'react';
import { type Arrived, downloadObject, nothingArrived } from '../loading/download-object.js';
import type { ViewerProps } from '../viewer-props.js';
import type { Series } from './read-series.js';
import { SeriesParser } from './series-parser.js';

export interface SeriesState {
  readonly byteCount: number;
  readonly total: number | null;
  readonly series: Series | null;
  /** Why the bytes, which arrived, cannot be shown. */
  readonly problem: string | null;
}

/** What survives a failed attempt: how far the file was read. */
interface Reading {
  readonly parser: SeriesParser;
  readonly arrived: Arrived;
}

class NotASeries extends Error {}

/** Loads and reads a time series; leaving stops both. A new attempt goes on where the last one broke off. */
export function useTimeSeries({ url, attempt, onReady, onFail }: ViewerProps): SeriesState {
  const [state, setState] = useState<SeriesState>({ byteCount: 0, total: null, series: null, problem: null });
  const reading = useRef<Reading | null>(null);
  const report = useRef({ onReady, onFail });
  useEffect(() => {
    report.current = { onReady, onFail };
  });
  useEffect(
    () => () => {
      reading.current?.parser.close();
      reading.current = null;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again, also from the same URL.
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    reading.current ??= { parser: new SeriesParser(), arrived: nothingArrived() };
    const { parser, arrived } = reading.current;
    const finish = (part: Partial<SeriesState>) => {
      parser.close();
      reading.current = null;
      setState((current) => ({ ...current, ...part }));
      report.current.onReady();
    };
    const run = async () => {
      try {
        await downloadObject(
          url,
          arrived,
          {
            fetchObject: fetch,
            signal,
            maxBytes: Number.POSITIVE_INFINITY,
            onPart: async ({ byteCount, total }, part) => {
              const answer = await parser.push(part);
              if (answer && 'problem' in answer) throw new NotASeries(answer.problem);
              if (!signal.aborted) setState((current) => ({ ...current, byteCount, total }));
            },
          },
          false,
        );
        const answer = await parser.push(null);
        if (!signal.aborted && answer) finish(answer);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof NotASeries) finish({ problem: error.message });
        else report.current.onFail();
      }
    };
    void run();
    return () => stop.abort();
  }, [url, attempt]);
  return state;
}
