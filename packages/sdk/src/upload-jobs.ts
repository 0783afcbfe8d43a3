import { limits } from '@latchkey/contract/limits';
import * as routes from '@latchkey/contract/routes/upload-jobs';
import type { UnitError, UploadJob, UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { ConnectionError } from './errors.js';
import { entriesOfPages } from './pages.js';
import { delay } from './retry.js';
import type { Transport } from './transport.js';
import { type ManifestInput, manifestToSend, type OpenManifestFile } from './upload-manifest.js';

export interface StartOptions {
  readonly integrationId: string;
  readonly manifest: ManifestInput;
  /** True: units that fail do not hold back the others. False (default): all or nothing. */
  readonly ignoreErrors?: boolean;
  /** Shown with the job; taken from the path or File when there is one. */
  readonly fileName?: string;
  readonly signal?: AbortSignal;
}

export interface WaitOptions {
  /** How long to wait at most. Default: 7 days. */
  readonly timeoutSeconds?: number;
  /** Called after each round; with it a round takes 1 s, without it up to 50 s. */
  readonly onProgress?: (state: UploadJobResult) => void;
  readonly signal?: AbortSignal;
}

const weekSeconds = 7 * 24 * 60 * 60;
const progressSeconds = 1;
/** As the official client: broken connections in a row that are borne, and the pause after each. */
const connectionFailuresBorne = 2;
const pauseAfterFailureMs = 10_000;

export function startUploadJob(
  context: { readonly transport: Transport; readonly openManifestFile?: OpenManifestFile | undefined },
  folderUuid: string,
  options: StartOptions,
): Promise<string> {
  const manifest = manifestToSend(options.manifest, context.openManifestFile);
  return context.transport.call(routes.startUploadJobFromManifest, {
    params: { folderUuid },
    query: {
      integrationHash: options.integrationId,
      ignoreErrors: options.ignoreErrors ?? false,
      fileName: (options.fileName ?? manifest.fileName)?.slice(0, limits.titleLength),
    },
    body: manifest.body,
    contentType: manifest.contentType,
    signal: options.signal,
  });
}

export async function waitForUploadJob(
  transport: Transport,
  folderUuid: string,
  jobUuid: string,
  options: WaitOptions,
): Promise<UploadJobResult> {
  const { signal, onProgress } = options;
  const deadline = performance.now() + (options.timeoutSeconds ?? weekSeconds) * 1000;
  const roundSeconds = onProgress ? progressSeconds : limits.longPollSeconds;
  let failures = 0;
  for (;;) {
    const leftSeconds = Math.max(0, (deadline - performance.now()) / 1000);
    const timeoutSeconds = Math.min(leftSeconds, roundSeconds);
    try {
      const call = { params: { folderUuid, jobUuid }, query: { timeoutSeconds }, signal };
      const state = await transport.call(routes.getUploadJob, call);
      failures = 0;
      onProgress?.(state);
      if (state.status !== 'PENDING' || performance.now() >= deadline) return state;
    } catch (error) {
      failures += 1;
      if (!(error instanceof ConnectionError) || failures > connectionFailuresBorne) throw error;
      await delay(pauseAfterFailureMs, signal);
    }
  }
}

export function cancelUploadJob(transport: Transport, folderUuid: string, jobUuid: string) {
  return transport.call(routes.cancelUploadJob, { params: { folderUuid, jobUuid } });
}

export function listUploadJobs(
  transport: Transport,
  folderUuid: string,
  options: { pageSize?: number },
): AsyncIterable<UploadJob> {
  return entriesOfPages((pageToken) =>
    transport.call(routes.listUploadJobs, { params: { folderUuid }, query: { ...options, pageToken } }),
  );
}

export function listUnitErrors(
  transport: Transport,
  folderUuid: string,
  jobUuid: string,
  options: { pageSize?: number },
): AsyncIterable<UnitError> {
  const params = { folderUuid, jobUuid };
  return entriesOfPages((pageToken) =>
    transport.call(routes.listUnitErrors, { params, query: { ...options, pageToken } }),
  );
}
