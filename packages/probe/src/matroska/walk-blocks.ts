import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { viewOf } from '../read-exactly.js';
import { parseNumber, readElement, unsignedOf } from './ebml.js';
import { ids as headerIds } from './read-headers.js';

export interface Block {
  readonly track: number;
  /** In ticks of the file. */
  readonly time: number;
}

const ids = { time: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1 } as const;
/** Their content is walked as well. */
const parents: readonly number[] = [headerIds.segment, headerIds.cluster, ids.blockGroup];

/**
 * The blocks of all tracks from a place on, by their headers alone. It ends at the end of the object, or where it is
 * damaged: what was found before is true.
 */
export async function* walkBlocks(source: ByteSource, from: number): AsyncGenerator<Block> {
  let at = from;
  let clusterTime = 0;
  for (;;) {
    const element = await readElement(source, at).catch(endOfWalk);
    if (!element || (element.end === null && !parents.includes(element.id))) return;
    if (element.id === ids.time) {
      const view = viewOf(await source.read(element.start, 8));
      clusterTime = unsignedOf(view, {
        start: 0,
        end: Math.min(view.byteLength, (element.end ?? 0) - element.start),
      });
    }
    if (element.id === ids.simpleBlock || element.id === ids.block) {
      const view = viewOf(await source.read(element.start, 10));
      const { value, bytes } = parseNumber(view, 0);
      if (value === null || bytes + 2 > view.byteLength) return;
      yield { track: value, time: clusterTime + view.getInt16(bytes) };
    }
    at = parents.includes(element.id) ? element.start : (element.end ?? 0);
  }
}

function endOfWalk(error: unknown): null {
  if (error instanceof ProbeError && (error.code === 'corrupt' || error.code === 'truncated')) return null;
  throw error;
}
