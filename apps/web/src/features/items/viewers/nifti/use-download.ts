import { useEffect, useEffectEvent, useState } from 'react';
import { type DownloadProgress, ObjectDownload } from '../loading/object-download.js';
import type { ViewerProps } from '../viewer-props.js';

type Download = Pick<ViewerProps, 'url' | 'attempt' | 'onFail'> & { readonly isWanted: boolean };

/** The whole object, and how much of it is there. A new attempt goes on where the last one broke off; leaving aborts. */
export function useDownload({ url, attempt, isWanted, onFail }: Download) {
  const [download] = useState(() => new ObjectDownload());
  const [progress, setProgress] = useState<DownloadProgress | null>(null);
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const run = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const whole = await download.run(url, { signal, onPart: (progress) => setProgress(progress) });
      if (signal.aborted) return;
      setProgress({ receivedBytes: whole.length, totalBytes: whole.length });
      setBytes(whole);
    } catch (error) {
      if (!signal.aborted) onFail(error);
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    if (!isWanted) return;
    const stop = new AbortController();
    void run(stop.signal);
    return () => stop.abort();
  }, [isWanted, url, attempt]);
  return { progress, bytes };
}
