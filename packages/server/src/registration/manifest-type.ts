import { LatchkeyError } from '@latchkey/contract/errors';
import type { ManifestForm } from '@latchkey/manifest/scan/manifest-events';
import type { FastifyRequest } from 'fastify';

const ndjsonTypes = new Set(['application/x-ndjson', 'application/ndjson', 'application/jsonl']);

const csvTypes = new Set(['text/csv', 'application/csv', 'text/tab-separated-values']);

/** The form of a bare manifest by its content type; refuses before the first byte what can't be one. */
export function toManifestForm(request: FastifyRequest): ManifestForm | 'csv' {
  mustBeReadable(request);
  const type = contentType(request);
  if (type === 'application/json') return 'manifest';
  if (ndjsonTypes.has(type)) return 'ndjson';
  if (csvTypes.has(type)) return 'csv';
  throw new LatchkeyError(
    'unsupported_media_type',
    'The manifest must be sent as application/json, application/x-ndjson or text/csv.',
  );
}

export function mustBeEnvelopeType(request: FastifyRequest): void {
  mustBeReadable(request);
  if (contentType(request) === 'application/json') return;
  throw new LatchkeyError('unsupported_media_type', 'The body must be sent as application/json.');
}

const contentType = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function mustBeReadable(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'gzip' && encoding !== 'identity')
    throw new LatchkeyError('unsupported_media_type', 'The content encoding must be gzip or none.');
}
