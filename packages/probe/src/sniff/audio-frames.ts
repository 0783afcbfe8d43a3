import type { Found } from './found.js';

const mp3: Found = { name: 'an MP3 file', mimeType: 'audio/mpeg', kinds: ['audio'] };
const aac: Found = { name: 'an AAC file', mimeType: 'audio/aac', kinds: ['audio'] };

/** Audio without a header: an ID3 tag, or the sync word of a frame that is followed by another frame. */
export function findFrames(head: Uint8Array): Found | null {
  if (head[0] === 0x49 && head[1] === 0x44 && head[2] === 0x33) return mp3;
  if (head[0] !== 0xff) return null;
  const second = head[1] ?? 0;
  if ((second & 0xf6) === 0xf0) return aac;
  const layer = (second >> 1) & 3;
  const bitrate = (head[2] ?? 0xff) >> 4;
  const rate = ((head[2] ?? 0xff) >> 2) & 3;
  return (second & 0xe0) === 0xe0 && layer !== 0 && bitrate !== 15 && rate !== 3 ? mp3 : null;
}
