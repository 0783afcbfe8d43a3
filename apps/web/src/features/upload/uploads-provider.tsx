import { newIdempotencyKey } from '@latchkey/sdk/idempotency-key';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import type { ImportSettings } from './send-manifest.js';
import { UploadsContext } from './uploads-context.js';
import { isOnItsWay, type ManifestUpload, uploadsReducer } from './uploads-state.js';

/** Keeps the manifests that are being sent while the user goes from page to page. */
export function UploadsProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [uploads, dispatch] = useReducer(uploadsReducer, []);
  const lastId = useRef(0);
  const controllers = useRef(new Map<number, AbortController>());

  const send = useCallback(
    async (upload: ManifestUpload) => {
      const { id } = upload;
      const signal = controllers.current.get(id)?.signal;
      if (!signal || signal.aborted) return;
      const move = (name: 'sending' | 'offline') => dispatch({ type: 'moved', id, phase: { name } });
      move('sending');
      try {
        // With the reader of manifests, which no page needs before that.
        const { sendUntilArrived } = await import('./send-until-arrived.js');
        const jobUuid = await sendUntilArrived(upload, signal, move);
        dispatch({ type: 'moved', id, phase: { name: 'started', jobUuid } });
        await client.invalidateQueries({ queryKey: ['notifications'] });
      } catch (error) {
        dispatch({ type: 'moved', id, phase: { name: 'refused', error } });
      } finally {
        controllers.current.delete(id);
      }
    },
    [client],
  );

  const sendAll = useCallback(
    async (waiting: readonly ManifestUpload[]) => {
      for (const { id } of waiting) controllers.current.set(id, new AbortController());
      for (const upload of waiting) await send(upload);
    },
    [send],
  );

  const start = useCallback(
    (folderUuid: string, files: readonly File[], settings: ImportSettings) => {
      const added = files.map((file) => {
        lastId.current += 1;
        const manifest = { folderUuid, file, settings, idempotencyKey: newIdempotencyKey() };
        return { ...manifest, id: lastId.current, phase: { name: 'waiting' } as const };
      });
      dispatch({ type: 'added', uploads: added });
      void sendAll(added);
    },
    [sendAll],
  );
  const retry = useCallback((upload: ManifestUpload) => void sendAll([upload]), [sendAll]);

  const remove = useCallback((ids: readonly number[]) => {
    for (const id of ids) controllers.current.get(id)?.abort();
    dispatch({ type: 'removed', ids });
  }, []);

  useWarningBeforeLeaving(uploads.some(isOnItsWay));
  const value = useMemo(() => ({ uploads, start, retry, remove }), [uploads, start, retry, remove]);
  return <UploadsContext.Provider value={value}>{children}</UploadsContext.Provider>;
}

function useWarningBeforeLeaving(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isNeeded]);
}
