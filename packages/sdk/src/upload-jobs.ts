import { limits } from '@latchkey/contract/limits';
import * as routes from '@latchkey/contract/routes/upload-jobs';
import type { UnitError, UnitOutcome, UnitResult, UploadJob } from '@latchkey/contract/schemas/upload-job';
import { newIdempotencyKey } from './idempotency-key.js';
import type { JobAddress } from './job-address.js';
import { entriesOfPages } from './pages.js';
import type { Transport } from './transport.js';
import { type ManifestInput, manifestToSend, type OpenManifestFile } from './upload-manifest.js';

export interface StartOptions {
  readonly integrationId: string;
  readonly manifest: ManifestInput;
  /** Of a manifest whose name does not tell. Default: JSON. */
  readonly format?: 'json' | 'ndjson' | 'csv';
  /** True: units that fail do not hold back the others. False (default): all or nothing. */
  readonly ignoreErrors?: boolean;
  /** The flags of the manifest, for one that cannot say them, as CSV. */
  readonly skipDuplicateUrls?: boolean;
  readonly upsertMetadata?: boolean;
  readonly allowExpiredUrls?: boolean;
  /** Shown with the job; taken from the path or File when there is one. */
  readonly fileName?: string;
  /**
   * A start that is repeated with the key of an earlier one answers its job instead of starting another. Default: a new
   * one for each call, so that the call itself can be repeated when the connection breaks.
   */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface ListUnitResultsOptions {
  /** Only these; default all. */
  readonly outcomes?: readonly UnitOutcome[];
  readonly pageSize?: number;
}

const contentTypes = { json: 'application/json', ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;

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
      ...(options.skipDuplicateUrls !== undefined && { skipDuplicateUrls: options.skipDuplicateUrls }),
      ...(options.upsertMetadata !== undefined && { upsertMetadata: options.upsertMetadata }),
      ...(options.allowExpiredUrls !== undefined && { allowExpiredUrls: options.allowExpiredUrls }),
      fileName: (options.fileName ?? manifest.fileName)?.slice(0, limits.titleLength),
    },
    body: manifest.body,
    contentType: options.format ? contentTypes[options.format] : manifest.contentType,
    contentEncoding: manifest.contentEncoding,
    idempotencyKey: options.idempotencyKey ?? newIdempotencyKey(),
    signal: options.signal,
  });
}

export function cancelUploadJob(transport: Transport, params: JobAddress) {
  return transport.call(routes.cancelUploadJob, { params });
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
  params: JobAddress,
  options: { pageSize?: number },
): AsyncIterable<UnitError> {
  return entriesOfPages((pageToken) =>
    transport.call(routes.listUnitErrors, { params, query: { ...options, pageToken } }),
  );
}

export function listUnitResults(
  transport: Transport,
  params: JobAddress,
  { outcomes, pageSize }: ListUnitResultsOptions,
): AsyncIterable<UnitResult> {
  const query = { pageSize, outcomes: outcomes && [...outcomes] };
  return entriesOfPages((pageToken) =>
    transport.call(routes.listUnitResults, { params, query: { ...query, pageToken } }),
  );
}
