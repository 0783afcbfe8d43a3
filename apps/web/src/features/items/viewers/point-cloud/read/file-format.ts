export type CloudFormat = 'pcd' | 'ply' | 'las' | 'laz';

/** A file that is known and has no reader here. */
export interface OtherFile {
  readonly what: string;
}

const starts = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));

/** How many bytes of the start `formatOf` needs. */
export const formatBytes = 4096;

/** By the bytes, never by the name: a signed URL often has none. Null: not known. */
export function formatOf(bytes: Uint8Array): CloudFormat | OtherFile | null {
  if (starts(bytes, 'LASF')) return (bytes[104] ?? 0) & 0xc0 ? 'laz' : 'las';
  if (starts(bytes, 'ply\n') || starts(bytes, 'ply\r')) return 'ply';
  if (starts(bytes, 'ASTM-E57')) return { what: 'an E57 file' };
  if (starts(bytes, '\x89MCAP')) return { what: 'an MCAP recording' };
  if (starts(bytes, '#ROSBAG')) return { what: 'a ROS bag' };
  if (starts(bytes, 'SQLite format 3')) return { what: 'a ROS 2 bag (SQLite)' };
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, formatBytes));
  return /^#.*\bPCD\b/.test(head) || /^(VERSION|FIELDS|COLUMNS)\s/m.test(head) ? 'pcd' : null;
}
