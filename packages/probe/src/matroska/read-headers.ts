import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly } from '../read-exactly.js';
import { type Element, floatOf, innerElements, readElement, textOf, unsignedOf } from './ebml.js';
import { parseTrack, type Track } from './track-entry.js';

export interface Headers {
  readonly isWebm: boolean;
  readonly tracks: readonly Track[];
  /** Seconds; null: not told, as in what a browser records. */
  readonly duration: number | null;
  /** Nanoseconds of one unit of the timestamps. */
  readonly tickNs: number;
  /** Where the first cluster is expected: all of the headers that lie before it were read. */
  readonly clusters: number;
}

export const ids = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  tickNs: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  cluster: 0x1f43b675,
} as const;

const maxHeaderBytes = 2 * 2 ** 20;
const maxElements = 1000;

/**
 * What stands before the clusters, or where the seek head says that it stands. Read by our own code, as mediabunny
 * reads whole clusters for the frame rate (15.7 MB at 115 Mbit/s) and loops for ever on damaged files.
 */
export async function readHeaders(source: ByteSource): Promise<Headers> {
  const header = await mustRead(source, 0, ids.header);
  const view = await contentOf(source, header);
  const docType = innerElements(view).find(({ id }) => id === ids.docType);
  const segment = await mustRead(source, header.end ?? 0, ids.segment);
  const size = await source.size();
  if (segment.end !== null && segment.end > size)
    throw new ProbeError('truncated', `The file says that it has ${segment.end} bytes; there are ${size}.`);
  const { info, tracks, clusters } = await findParts(source, segment);
  if (!tracks) throw new ProbeError('corrupt', 'The Matroska file has no list of its tracks.');
  const tracksView = await contentOf(source, tracks);
  return {
    isWebm: docType !== undefined && textOf(view, docType) === 'webm',
    tracks: innerElements(tracksView)
      .filter(({ id }) => id === ids.trackEntry)
      .map((entry) => parseTrack(tracksView, entry)),
    ...(await readInfo(source, info)),
    clusters,
  };
}

async function findParts(source: ByteSource, segment: Element) {
  let at = segment.start;
  const found = new Map<number, Element>();
  for (let count = 0; count < maxElements; count += 1) {
    const element = await readElement(source, at);
    if (!element || element.id === ids.cluster) break;
    found.set(element.id, element);
    if (element.end === null)
      throw new ProbeError('corrupt', 'The Matroska file has a header of unknown length.');
    at = element.end;
  }
  const elsewhere = await readSeekHead(source, segment, found.get(ids.seekHead));
  const part = async (id: number) => {
    const position = elsewhere.get(id);
    return found.get(id) ?? (position === undefined ? null : await mustRead(source, position, id));
  };
  return { info: await part(ids.info), tracks: await part(ids.tracks), clusters: at };
}

/** Positions by id. */
async function readSeekHead(source: ByteSource, segment: Element, head: Element | undefined) {
  const positions = new Map<number, number>();
  if (!head) return positions;
  const view = await contentOf(source, head);
  for (const seek of innerElements(view).filter(({ id }) => id === ids.seek)) {
    const inner = innerElements(view, seek.start, seek.end);
    const id = inner.find((element) => element.id === ids.seekId);
    const position = inner.find((element) => element.id === ids.seekPosition);
    if (id && position) positions.set(unsignedOf(view, id), segment.start + unsignedOf(view, position));
  }
  return positions;
}

async function readInfo(source: ByteSource, info: Element | null) {
  const view = info ? await contentOf(source, info) : new DataView(new ArrayBuffer(0));
  const inner = innerElements(view);
  const tick = inner.find(({ id }) => id === ids.tickNs);
  const duration = inner.find(({ id }) => id === ids.duration);
  const tickNs = tick ? unsignedOf(view, tick) : 1_000_000;
  const seconds = duration ? (floatOf(view, duration) * tickNs) / 1e9 : 0;
  return { tickNs, duration: seconds > 0 ? seconds : null };
}

async function mustRead(source: ByteSource, at: number, id: number): Promise<Element> {
  const element = await readElement(source, at);
  if (element?.id !== id) throw new ProbeError('corrupt', `The Matroska file is damaged at byte ${at}.`);
  return element;
}

async function contentOf(source: ByteSource, { start, end }: Element): Promise<DataView> {
  if (end === null || end - start > maxHeaderBytes)
    throw new ProbeError('corrupt', 'The Matroska file has a header of unknown or too great length.');
  return await readExactly(source, start, end - start);
}
