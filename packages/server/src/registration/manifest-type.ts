import { LatchkeyError } from '@latchkey/contract/errors';
import type { FastifyRequest } from 'fastify';

/** Refuses before the first byte what can't be a JSON manifest. */
export function mustBeManifestType(request: FastifyRequest): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv') throw new LatchkeyError('csv_not_supported');
  if (type !== 'application/json')
    throw new LatchkeyError('unsupported_media_type', 'The manifest must be sent as application/json.');
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'gzip' && encoding !== 'identity') {
    throw new LatchkeyError('unsupported_media_type', 'The content encoding must be gzip or none.');
  }
}
