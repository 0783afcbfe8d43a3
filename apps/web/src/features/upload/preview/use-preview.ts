import { findKnownObjects } from '@latchkey/contract/routes/upload-jobs';
import type { Integration } from '@latchkey/contract/schemas/integration';
import { useEffect, useState } from 'react';
import { transport } from '../../../lib/api.js';
import { useMetadataSchema } from '../../../lib/metadata-schema.js';
import type { Preview, PreviewProgress } from './preview.js';
import type { PreviewAnswer, PreviewMessage, PreviewQuestion } from './preview.worker.js';

export interface PreviewState {
  readonly progress: PreviewProgress | null;
  readonly preview: Preview | null;
  readonly error: unknown;
}
const begin: PreviewState = { progress: null, preview: null, error: null };

/** Reads the manifest in a worker, by the rules of the integration; once more where `attempt` is another. */
export function usePreview(
  file: File,
  folderUuid: string,
  integration: Integration | undefined,
  attempt: number,
): PreviewState {
  const [state, setState] = useState(begin);
  const schema = useMetadataSchema();
  const rules = integration &&
    !schema.isPending && {
      allowedHosts: integration.allowedHosts,
      hasSigner: integration.signerUrl !== null,
      gateways: integration.gateways,
      ...(schema.data && { metadataSchema: schema.data }),
    };
  const rulesText = JSON.stringify(rules);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of integrations is read anew often and says the same.
  useEffect(() => {
    if (!rules) return;
    const stop = new AbortController();
    setState(begin);
    const worker = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module' });
    const fail = (error: unknown) => setState({ ...begin, error });
    worker.onerror = () => fail(new Error('The worker of the page could not start.'));
    worker.onmessage = ({ data }: MessageEvent<PreviewMessage>) => {
      if ('progress' in data) setState((current) => ({ ...current, progress: data.progress }));
      else if ('preview' in data) setState({ ...begin, preview: data.preview });
      else if ('problem' in data) fail(new Error(data.problem));
      else
        transport
          .call(findKnownObjects, {
            params: { folderUuid },
            body: { identityHashes: [...data.find] },
            signal: stop.signal,
          })
          .then(({ known }) => worker.postMessage({ known } satisfies PreviewAnswer))
          .catch((error: unknown) => {
            if (!stop.signal.aborted) fail(error);
          });
    };
    worker.postMessage({ file, rules } satisfies PreviewQuestion);
    return () => {
      stop.abort();
      worker.terminate();
    };
  }, [file, folderUuid, rulesText, attempt]);
  return state;
}
