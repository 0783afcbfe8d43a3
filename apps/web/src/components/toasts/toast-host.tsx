import { lazy, Suspense, useSyncExternalStore } from 'react';
import { toastsAreNeeded, watchToasts } from './toasts-needed.js';

const Toasts = lazy(async () => ({ default: (await import('./toasts.js')).Toasts }));

/** Where toasts appear. What draws them comes with the first one. */
export function ToastHost() {
  if (!useSyncExternalStore(watchToasts, toastsAreNeeded)) return null;
  return (
    <Suspense>
      <Toasts />
    </Suspense>
  );
}
