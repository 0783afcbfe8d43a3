import { createHash, type Hash } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { CsvConverter } from '@latchkey/manifest/csv/csv-converter';
import { ManifestScanner } from '@latchkey/manifest/scan/manifest-scanner';
import type { Spool } from '@latchkey/spool/spool';
import { asItIs, gunzipped } from './body-source.js';
import { ScannedBody } from './scanned-body.js';
import type { Received, ReceiveOptions } from './threads/messages.js';
import { toThreadError } from './threads/thread-error.js';

/**
 * One pass over the body: hash, unpack, scan and spool; nothing is held whole but the outline. A body that is not a
 * manifest is read to its end all the same, so that its digest is known, but no further byte is unpacked or kept.
 */
export async function receiveManifest(
  spool: Spool,
  body: AsyncIterable<Uint8Array>,
  { spoolKey, form, flags, gzip, limits }: ReceiveOptions,
): Promise<Received> {
  const hash = createHash('sha256');
  const csv = form === 'csv' ? new CsvConverter(flags, limits.manifestElementBytes) : null;
  const scannedForm = form === 'csv' ? 'ndjson' : form;
  const scanner = new ManifestScanner({ form: scannedForm, limits, unitsPerPart, bytesPerPart });
  const raw = hashed(body, hash);
  const source = gzip ? gunzipped(raw) : asItIs(raw);
  const scan = new ScannedBody(source, scanner, limits.manifestBytes, csv);
  try {
    await spool.write(spoolKey, scan.bytes());
    if (scan.refusal !== undefined) await source.skipRest();
  } catch (error) {
    throw bodyError(error);
  } finally {
    source.end();
  }
  const digest = hash.digest();
  if (scan.refusal !== undefined) return { digest, result: { refusal: toThreadError(scan.refusal) } };
  return { digest, result: { outline: scan.outline() } };
}

/** A part is read, committed and lost as a whole: large enough to be cheap, small enough for others to get a turn. */
const unitsPerPart = 2000;
const bytesPerPart = 2 * 1024 * 1024;

async function* hashed(body: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}

function bodyError(error: unknown): unknown {
  if (error instanceof LatchkeyError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!code.startsWith('Z_')) return error;
  return new LatchkeyError(
    'body_incomplete',
    'The gzip stream of the body is damaged or cut off. Send it again; nothing was registered.',
    { cause: error },
  );
}
