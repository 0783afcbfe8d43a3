import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** The bytes of a body, unpacked. The memory of a chunk is used again once the next one is asked for. */
export interface BodySource {
  readonly chunks: AsyncIterator<Uint8Array>;
  /** Reads the rest of the body as it came, and unpacks no more of it. */
  skipRest(): Promise<void>;
  end(): void;
}

export function asItIs(raw: AsyncGenerator<Uint8Array>): BodySource {
  return {
    chunks: raw,
    async skipRest() {
      for await (const _ of raw);
    },
    end: () => undefined,
  };
}

export function gunzipped(raw: AsyncGenerator<Uint8Array>): BodySource {
  const packed = Readable.from(copied(raw), { objectMode: false });
  const unpacker = createGunzip();
  packed.on('error', (error) => unpacker.destroy(error));
  // Not before it is read: unpacking begins at once, and an error that nobody waits for yet ends the thread.
  async function* unpacked(): AsyncGenerator<Uint8Array> {
    packed.pipe(unpacker);
    // Left early, the stream stays as it is: the rest may have to be read.
    yield* unpacker.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  }
  return {
    chunks: unpacked(),
    async skipRest() {
      packed.unpipe();
      unpacker.destroy();
      packed.resume();
      await finished(packed);
    },
    end() {
      packed.destroy();
      unpacker.destroy();
    },
  };
}

/** The stream reads ahead of what is unpacked. */
async function* copied(raw: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of raw) yield Uint8Array.from(chunk);
}
