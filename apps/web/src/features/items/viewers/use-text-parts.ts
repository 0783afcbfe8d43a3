import { useCallback, useEffect, useRef, useState } from 'react';
import { readTextPart } from './text-range.js';
import type { ViewerProps } from './viewer-props.js';

const partBytes = 1024 * 1024;

interface Loaded {
  readonly parts: readonly Uint8Array[];
  readonly isComplete: boolean;
}

/** The file in parts of 1 MiB: the first at once, the next ones on demand. A new attempt goes on where the last failed. */
export function useTextParts({ url, attempt, onReady, onFail }: ViewerProps) {
  const [loaded, setLoaded] = useState<Loaded>({ parts: [], isComplete: false });
  const [isLoading, setIsLoading] = useState(false);
  const wanted = useRef(1);
  const byteCount = loaded.parts.reduce((sum, part) => sum + part.length, 0);
  const report = useRef({ onReady, onFail });
  useEffect(() => {
    report.current = { onReady, onFail };
  });

  const load = useCallback(
    async (signal: AbortSignal) => {
      setIsLoading(true);
      try {
        const part = await readTextPart(url, byteCount, partBytes, { fetchObject: fetch, signal });
        setLoaded(({ parts }) => ({ parts: [...parts, part.bytes], isComplete: part.isEnd }));
        report.current.onReady();
      } catch {
        if (!signal.aborted) report.current.onFail();
      } finally {
        setIsLoading(false);
      }
    },
    [url, byteCount],
  );
  const [round, setRound] = useState(0);
  const isWanted = loaded.parts.length < wanted.current && !loaded.isComplete;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt or round loads again.
  useEffect(() => {
    if (!isWanted) return;
    const stop = new AbortController();
    void load(stop.signal);
    return () => stop.abort();
  }, [isWanted, load, attempt, round]);

  const loadMore = () => {
    wanted.current = loaded.parts.length + 1;
    setRound(round + 1);
  };
  return { ...loaded, byteCount, isLoading, loadMore };
}
