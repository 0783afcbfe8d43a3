import { parseLasHeader } from '@latchkey/probe/point-cloud/las-header';
import { headerOf } from './header-of.js';
import { type PointColumns, UnreadableCloud } from './point-columns.js';
import { recordsOf } from './read-las.js';

/** What is used of laz-perf. */
export interface LazModule {
  readonly HEAPU8: Uint8Array;
  readonly LASZip: new () => {
    open(data: number, length: number): void;
    getPoint(destination: number): void;
    delete(): void;
  };
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

/**
 * Unpacks LAZ. Points can only be read one after the other, so all are unpacked, and only those that are kept stay.
 * Throws `UnreadableCloud`.
 */
export function readLaz(
  bytes: Uint8Array,
  strideFor: (points: number) => number,
  laz: LazModule,
): PointColumns {
  const header = headerOf(bytes, parseLasHeader);
  const { numPoints: points, recordLength } = header;
  const stride = strideFor(points);
  const kept = Math.ceil(points / stride);
  const records = new Uint8Array(kept * recordLength);
  const file = laz._malloc(bytes.length);
  const point = laz._malloc(recordLength);
  const zip = new laz.LASZip();
  try {
    laz.HEAPU8.set(bytes, file);
    zip.open(file, bytes.length);
    for (let index = 0; index < points; index += 1) {
      zip.getPoint(point);
      // The heap may have moved, so it is looked up each time.
      if (index % stride === 0)
        records.set(laz.HEAPU8.subarray(point, point + recordLength), (index / stride) * recordLength);
    }
  } catch (cause) {
    throw new UnreadableCloud('The compressed points are damaged, or the file was not uploaded whole.', {
      cause,
    });
  } finally {
    zip.delete();
    laz._free(point);
    laz._free(file);
  }
  return recordsOf(header, records, kept);
}
