import type { Item } from '@latchkey/contract/schemas/item';
import { formatBytes, formatCount, formatDuration } from '../../lib/format.js';

const size = (bytes: number) =>
  bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;

/** The media metadata of an item as label and value; what is not known is left out. */
export function measuredFacts(item: Item): (readonly [label: string, value: string])[] {
  const facts: (readonly [string, string | null])[] = [
    ['File type', item.mimeType],
    ['Size', item.fileSize === null ? null : size(item.fileSize)],
    ['Dimensions', item.width === null ? null : `${item.width} × ${item.height ?? '?'}`],
    ['Duration', item.duration === null ? null : `${formatDuration(item.duration)} (${item.duration} s)`],
    ['Frame rate', item.fps === null ? null : `${item.fps} frames a second`],
    ['Frames', item.frameCount === null ? null : formatCount(item.frameCount)],
    ['Codec', item.audioCodec],
    ['Sample rate', item.audioSampleRate === null ? null : `${formatCount(item.audioSampleRate)} Hz`],
    ['Bit depth', item.audioBitDepth === null ? null : `${item.audioBitDepth} bit`],
    ['Channels', item.audioNumChannels === null ? null : String(item.audioNumChannels)],
    ['Pages', item.numPages === null ? null : formatCount(item.numPages)],
    ['DICOM study', item.dicomStudyUid],
    ['DICOM series', item.dicomSeriesUid],
    ['DICOM instance', item.dicomInstanceUid],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}
