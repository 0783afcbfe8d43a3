import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { readPart } from '../read/read-part.js';
import { fillPart, type PartFilling } from './fill-part.js';
import { looseRules, manifestPieces, type ReadOptions } from './read-objects.js';
import { objectKey, objectsOf } from './unit-objects.js';

/** The measurements of these objects, by `objectKey`, as far as there are some. */
export type FindMeasurements = (keys: readonly string[]) => Promise<ReadonlyMap<string, MediaMetadata>>;

/**
 * The manifest with what was measured where it gives no media metadata, and every other byte as it was. A CSV comes as
 * the NDJSON that it means, each row on its line. Throws `LatchkeyError` for what is no manifest.
 */
export async function* fillManifest(
  stream: AsyncIterable<Uint8Array>,
  find: FindMeasurements,
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  for await (const { part, bytes } of manifestPieces(stream, options)) {
    if (!part) {
      yield bytes;
      continue;
    }
    const fillings: PartFilling[] = [];
    readPart(bytes, part, looseRules(options)).results.forEach((result, index) => {
      if (!result.ok) return;
      for (const object of objectsOf(result.unit))
        if (object.metadata === null)
          fillings.push({ index, kind: result.unit.kind, member: object.member, key: objectKey(object) });
    });
    yield fillings.length === 0
      ? bytes
      : fillPart(bytes, part, fillings, await find([...new Set(fillings.map(({ key }) => key))]));
  }
}
