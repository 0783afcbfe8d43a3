import { createHash, type Hash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
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
  /** Takes the SHA-256 of the body as it came over the wire, before it is said what is wrong in it; may throw. */
  readonly checkDigest: (digest: Buffer) => void;
}

/**
 * One pass over the body: hash, unpack, scan and spool; nothing is held whole. A body that is not a manifest is read
 * to its end all the same, so that the client has sent it before it gets the refusal, but no further byte is unpacked
 * or kept.
 */
export async function receiveManifest(
  spool: Spool,
  { body, form, encoding, spoolKey, checkDigest }: IncomingManifest,
): Promise<ManifestOutline> {
  const hash = createHash('sha256');
  const scanner = new ManifestScanner({ form });
  const raw = measure(body, hash);
  const plain = encoding === 'gzip' ? gunzip(raw) : raw;
  let refusal: unknown;
  let outline: ManifestOutline | undefined;
  async function* scanned(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of bounded(plain)) {
        scanner.push(chunk);
        yield chunk;
      }
      outline = scanner.end();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal = error;
      await skipRest(raw, plain);
    } finally {
      // Unpiped, what is left of the body takes no memory.
      raw.destroy();
      plain.destroy();
    }
  }
  await spool.write(spoolKey, scanned()).catch((error: unknown) => {
    throw bodyError(error, body);
  });
  checkDigest(hash.digest());
  if (refusal !== undefined) throw refusal;
  if (!outline) throw new Error('The scanner gave no outline.');
  return outline;
}

/** What the scanner says of a body that came over in full, or might have. */
const isRefusal = (error: unknown): boolean =>
  error instanceof LatchkeyError && error.code !== 'body_too_large' && error.code !== 'body_incomplete';

function measure(body: Readable, hash: Hash): Transform {
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  body.on('error', (error) => measured.destroy(error));
  body.on('aborted', () => measured.destroy(new LatchkeyError('body_incomplete')));
  return body.pipe(measured);
}

function gunzip(packed: Readable): Readable {
  const unpacker = createGunzip();
  packed.on('error', (error) => unpacker.destroy(error));
  return packed.pipe(unpacker);
}

async function* bounded(plain: Readable): AsyncGenerator<Buffer> {
  let size = 0;
  // Left early, the stream stays as it is: the rest may have to be read.
  for await (const chunk of plain.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.manifestBytes)
      throw new LatchkeyError(
        'body_too_large',
        `The manifest is larger than ${limits.manifestBytes} bytes. Split it.`,
      );
    yield chunk;
  }
}

/** Reads the body to its end for the sake of its digest. */
async function skipRest(raw: Transform, plain: Readable): Promise<void> {
  raw.unpipe();
  if (plain !== raw) plain.destroy();
  raw.resume();
  await finished(raw);
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
