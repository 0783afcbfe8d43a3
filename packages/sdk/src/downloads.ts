import * as routes from '@latchkey/contract/routes/upload-jobs';
import type { JobAddress } from './job-address.js';
import { chunksOf } from './response-body.js';
import type { Transport } from './transport.js';

/** A file of the server. The connection is held until `content` is read, or left early. */
export interface Download {
  readonly contentType: string;
  /** As the server names it; null where it does not. */
  readonly fileName: string | null;
  /** Throws ConnectionError when the connection breaks. */
  readonly content: AsyncIterable<Uint8Array>;
}

export type UnitErrorsFormat = 'csv' | 'ndjson';

export async function downloadUnitErrors(
  transport: Transport,
  params: JobAddress,
  { format = 'csv', signal }: { format?: UnitErrorsFormat; signal?: AbortSignal | undefined },
): Promise<Download> {
  const route = format === 'csv' ? routes.downloadUnitErrors : routes.downloadUnitErrorsNdjson;
  return toDownload(await transport.open(route, { params, signal }), signal);
}

export async function downloadFailedUnits(
  transport: Transport,
  params: JobAddress,
  { includeCancelled, signal }: { includeCancelled?: boolean; signal?: AbortSignal | undefined },
): Promise<Download> {
  const query = { includeCancelled };
  return toDownload(await transport.open(routes.downloadFailedUnits, { params, query, signal }), signal);
}

export function toDownload(response: Response, signal: AbortSignal | undefined): Download {
  const { headers } = response;
  return {
    contentType: headers.get('content-type')?.split(';')[0]?.trim() ?? 'application/octet-stream',
    fileName: /filename="([^"]*)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? null,
    content: chunksOf(response, signal),
  };
}
