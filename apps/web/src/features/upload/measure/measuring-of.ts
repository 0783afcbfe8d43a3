import { useCallback, useSyncExternalStore } from 'react';
import { Measuring } from './measuring.js';

const known = new WeakMap<File, Measuring>();

/** Of each picked file one, as long as the file is held. */
export function measuringOf(file: File): Measuring {
  const measuring = known.get(file) ?? new Measuring(file);
  known.set(file, measuring);
  return measuring;
}

/** What is measured of a file stays, when it is forgotten. */
export const cancelMeasuring = (file: File): void => known.get(file)?.cancel();

/** Whether one of the files is being measured. */
export function useIsMeasuring(files: readonly File[]): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = files.map((file) => known.get(file)?.subscribe(listener));
      return () => {
        for (const end of ends) end?.();
      };
    },
    [files],
  );
  return useSyncExternalStore(subscribe, () =>
    files.some((file) => known.get(file)?.getState().phase === 'measuring'),
  );
}
