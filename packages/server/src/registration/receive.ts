import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import { ManifestScanner } from '@latchkey/manifest/scan/manifest-scanner';
import type { ManifestOutline } from '@latchkey/manifest/scan/outline';
import type { Spool } from './spool.js';

export interface IncomingManifest {
  readonly body: Readable;
  readonly form: 'manifest' | 'envelope';
  readonly encoding: string | undefined;
  readonly spoolKey: string;
}

export interface ReceivedManifest {
  readonly outline: ManifestOutline;
  /** SHA-256 of the body as it came over the wire. */
  readonly digest: Buffer;
}

/**
 * One pass over the body: hash, unpack, scan and spool; nothing is held whole. A body that is not a manifest is read
 * to its end all the same, so that the client has sent it before it gets the refusal, but no further byte is kept.
 */
export async function receiveManifest(
  spool: Spool,
  { body, form, encoding, spoolKey }: IncomingManifest,
): Promise<ReceivedManifest> {
  const hash = createHash('sha256');
  const scanner = new ManifestScanner({ form });
  let refusal: unknown;
  let outline: ManifestOutline | undefined;
  async function* scanned(): AsyncGenerator<Uint8Array> {
    for await (const chunk of unpacked(body, encoding, hash)) {
      if (refusal !== undefined) continue;
      try {
        scanner.push(chunk);
      } catch (error) {
        refusal = error;
        continue;
      }
      yield chunk;
    }
    if (refusal === undefined) outline = scanner.end();
  }
  await spool.write(spoolKey, scanned()).catch((error: unknown) => {
    throw bodyError(error, body);
  });
  if (refusal !== undefined) throw refusal;
  if (!outline) throw new Error('The scanner gave no outline.');
  return { outline, digest: hash.digest() };
}

async function* unpacked(
  body: Readable,
  encoding: string | undefined,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  body.on('error', (error) => measured.destroy(error));
  body.on('aborted', () => measured.destroy(new LatchkeyError('body_incomplete')));
  const plain = encoding === 'gzip' ? gunzip(body.pipe(measured)) : body.pipe(measured);
  let size = 0;
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.manifestBytes)
      throw new LatchkeyError(
        'body_too_large',
        `The manifest is larger than ${limits.manifestBytes} bytes. Split it.`,
      );
    yield chunk;
  }
}

function gunzip(packed: Transform): Readable {
  const unpacker = createGunzip();
  packed.on('error', (error) => unpacker.destroy(error));
  return packed.pipe(unpacker);
}

function bodyError(error: unknown, body: Readable): unknown {
  if (error instanceof LatchkeyError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code.startsWith('Z_'))
    return new LatchkeyError(
      'body_incomplete',
      'The gzip stream of the body is damaged or cut off. Send it again; nothing was registered.',
      { cause: error },
    );
  if (body.destroyed && !(body as { complete?: boolean }).complete)
    return new LatchkeyError('body_incomplete', undefined, { cause: error });
  return error;
}
