import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../../../lib/format.js';
import { type DownloadProgress, ObjectDownload, ObjectTooLarge } from '../loading/object-download.js';
import { parseCloud } from './parse-cloud.js';
import type { PointCloud } from './point-cloud.js';
import { refusalOf } from './read/other-file.js';

/** The file and its points have to fit into the memory of a page together. */
const maxBytes = 1_000_000_000;

export interface CloudState {
  readonly progress: DownloadProgress | null;
  readonly cloud: PointCloud | null;
  /** Why the bytes, which arrived, cannot be shown. */
  readonly problem: string | null;
}

interface Source {
  readonly url: string;
  readonly attempt: number;
  readonly onReady: () => void;
  readonly onFail: () => void;
}

const nothing: CloudState = { progress: null, cloud: null, problem: null };

/** A file that is no point cloud is given up at its first bytes. */
function refuseOther(first: Uint8Array): void {
  const refusal = refusalOf(first);
  if (refusal !== null) throw new NotShown(refusal);
}

class NotShown extends Error {}

function problemOf(error: unknown): string | null {
  if (error instanceof NotShown) return error.message;
  if (error instanceof ObjectTooLarge)
    return `The file has ${formatBytes(error.byteCount)}; point clouds of up to ${formatBytes(maxBytes)} are shown.`;
  return null;
}

/** Loads and reads a point cloud; leaving stops both. A new attempt goes on where the last one broke off. */
export function usePointCloud(source: Source): CloudState {
  const { url, attempt } = source;
  const [state, setState] = useState<CloudState>(nothing);
  const [download] = useState(() => new ObjectDownload({ maxBytes }));
  const report = useRef(source);
  useEffect(() => {
    report.current = source;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again, also from the same URL.
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const show = (part: Partial<CloudState>) => {
      if (!signal.aborted) setState((current) => ({ ...current, ...part }));
    };
    const run = async () => {
      let whole: Uint8Array<ArrayBuffer>;
      try {
        whole = await download.run(url, {
          signal,
          onPart: (progress, part) => {
            if (progress.receivedBytes === part.length) refuseOther(part);
            show({ progress });
          },
        });
      } catch (error) {
        const problem = problemOf(error);
        if (signal.aborted) return;
        if (problem === null) return report.current.onFail();
        show({ problem });
        return report.current.onReady();
      }
      show({ progress: { receivedBytes: whole.length, totalBytes: whole.length } });
      try {
        const answer = await parseCloud(whole, signal);
        show('cloud' in answer ? { cloud: answer.cloud } : { problem: answer.problem });
      } catch {
        // Left while it was read.
        return;
      }
      if (!signal.aborted) report.current.onReady();
    };
    void run();
    return () => stop.abort();
  }, [url, attempt, download]);
  return state;
}
