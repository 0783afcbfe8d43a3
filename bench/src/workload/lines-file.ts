import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const chunkLength = 1024 * 1024;

/** Writes the texts one behind the other, whatever their number; answers the bytes. */
export async function writeTexts(path: string, texts: Iterable<string>): Promise<number> {
  const file = createWriteStream(path, { mode: 0o600 });
  await pipeline(Readable.from(chunksOf(texts)), file);
  return file.bytesWritten;
}

function* chunksOf(texts: Iterable<string>): Generator<Buffer, void, undefined> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < chunkLength) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(chunk);
}
