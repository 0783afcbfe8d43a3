import { CustomSource, Input, Logging, LogLevel, MP4, QTFF } from 'mediabunny';
import type { ByteSource } from '../byte-source.js';
import { topBoxes } from '../iso-boxes.js';
import { ProbeError } from '../probe-error.js';

/** Reads MP4 and QuickTime by mediabunny, which takes from the source what it needs. */
export async function withMp4<T>(source: ByteSource, read: (input: Input) => Promise<T>): Promise<T> {
  // It would print to the console what it thinks of codecs that it can't decode.
  Logging.level = LogLevel.Silent;
  await refuseTruncated(source);
  const custom = new CustomSource({
    getSize: () => source.size(),
    read: (start, end) => source.read(start, end - start),
    // What it reads ahead nobody waits for; a failure comes again with the read that matters.
    handleUnhandledError: () => undefined,
  });
  const input = new Input({ source: custom, formats: [MP4, QTFF] });
  // Not "using": not every browser has Symbol.dispose.
  try {
    return await read(input);
  } finally {
    input.dispose();
  }
}

/** mediabunny takes a file without its index for one without tracks, and a cut one for whole. */
async function refuseTruncated(source: ByteSource): Promise<void> {
  const size = await source.size();
  let hasIndex = false;
  let hasMedia = false;
  for await (const { type, end } of topBoxes(source)) {
    if (end > size)
      throw new ProbeError(
        'truncated',
        `The file ends after ${size} bytes; its box "${type}" goes up to byte ${end}.`,
      );
    hasIndex ||= type === 'moov';
    hasMedia ||= type === 'mdat';
    if (hasIndex && hasMedia) return;
  }
  if (!hasIndex)
    throw new ProbeError('truncated', 'The file has no index (box "moov"): it was not written to its end.');
}
