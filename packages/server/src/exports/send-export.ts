import { Readable } from 'node:stream';
import { exportFormats } from '@latchkey/contract/export-formats';
import type { FastifyReply } from 'fastify';
import type { StartedExport } from './service.js';

/** Sends the text as the client takes it; a client that goes away ends it. */
export async function sendExport(
  reply: FastifyReply,
  { uuid, format, name, text }: StartedExport,
): Promise<void> {
  const { contentType, suffix } = exportFormats[format];
  await reply
    .header('content-type', `${contentType}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${fileNameOf(name)}.${suffix}"`)
    .header('cache-control', 'no-store')
    .header('x-export-uuid', uuid)
    .send(Readable.from(text));
}

const longestName = 80;

/** In the letters that every header and file system takes. */
function fileNameOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|-+$/g, '');
  return plain.slice(0, longestName) || 'folder';
}
