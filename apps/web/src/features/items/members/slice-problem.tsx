import type { Item } from '@latchkey/contract/schemas/item';
import { Loader } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { FailureNotice } from '../failure/failure-notice.js';
import { findFailure } from '../failure/find-failure.js';
import { UnreadableFile } from '../failure/unreadable-file.js';
import type { Problem } from '../use-viewing.js';

interface SliceProblemProps {
  readonly item: Item;
  readonly url: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why one file of a series cannot be shown: as the viewer found, or as the storage answers. */
export function SliceProblem({ item, url, error, onRetry }: SliceProblemProps) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const explain = useEffectEvent(async (signal: AbortSignal) => {
    const failure = await findFailure(item, url, signal);
    if (!signal.aborted) setProblem({ failure });
  });
  useEffect(() => {
    const stop = new AbortController();
    if (error instanceof UnreadableFile)
      setProblem({ failure: { kind: 'unreadable', contentType: null, reason: error.message } });
    else void explain(stop.signal);
    return () => stop.abort();
  }, [error]);
  return problem ? (
    <FailureNotice problem={problem} url={url} onRetry={onRetry} />
  ) : (
    <Loader aria-label="Finding out why the slice cannot be shown" />
  );
}
