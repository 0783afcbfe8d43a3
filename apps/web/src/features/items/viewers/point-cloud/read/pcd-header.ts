import { UnreadableCloud } from './point-columns.js';
import type { ScalarType } from './scalar-types.js';

export interface PcdField {
  readonly name: string;
  readonly type: ScalarType;
  /** How many numbers a point has of it. */
  readonly count: number;
}

export interface PcdHeader {
  readonly fields: readonly PcdField[];
  readonly points: number;
  readonly data: 'ascii' | 'binary' | 'binary_compressed';
  /** Where the points begin. */
  readonly end: number;
}

const types: Readonly<Record<string, ScalarType>> = {
  I1: 'int8',
  U1: 'uint8',
  I2: 'int16',
  U2: 'uint16',
  I4: 'int32',
  U4: 'uint32',
  F4: 'float32',
  F8: 'float64',
};
const maxHeaderBytes = 64 * 1024;

export function readPcdHeader(bytes: Uint8Array): PcdHeader {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, maxHeaderBytes));
  const data = /^DATA[ \t]+(\S+)[^\n]*\n/m.exec(text);
  if (!data) throw new UnreadableCloud('The PCD header has no line "DATA".');
  const lines = new Map(
    text
      .slice(0, data.index)
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([key = '', ...values]) => [key, values] as const),
  );
  const names = lines.get('FIELDS') ?? lines.get('COLUMNS') ?? [];
  if (names.length === 0) throw new UnreadableCloud('The PCD header has no line "FIELDS".');
  const fields = names.map((name, at) => fieldOf(name, at, lines));
  const encoding = data[1]?.toLowerCase();
  if (encoding !== 'ascii' && encoding !== 'binary' && encoding !== 'binary_compressed')
    throw new UnreadableCloud(
      `The PCD file says DATA ${encoding?.slice(0, 40)}; known are ascii, binary and binary_compressed.`,
    );
  return { fields, points: pointsOf(lines), data: encoding, end: data.index + data[0].length };
}

function fieldOf(name: string, at: number, lines: ReadonlyMap<string, string[]>): PcdField {
  const size = lines.get('SIZE')?.[at] ?? '4';
  const letter = lines.get('TYPE')?.[at] ?? 'F';
  const type = types[letter.toUpperCase() + size];
  const count = Number(lines.get('COUNT')?.[at] ?? 1);
  if (!type || !Number.isInteger(count) || count < 1)
    throw new UnreadableCloud(
      `The PCD field "${name.slice(0, 40)}" has the type ${letter.slice(0, 4)} of ${size.slice(0, 8)} bytes, which cannot be read.`,
    );
  return { name: name.toLowerCase(), type, count };
}

function pointsOf(lines: ReadonlyMap<string, string[]>): number {
  const given = lines.get('POINTS')?.[0];
  const points = given
    ? Number(given)
    : Number(lines.get('WIDTH')?.[0]) * Number(lines.get('HEIGHT')?.[0] ?? 1);
  if (!Number.isSafeInteger(points) || points < 0)
    throw new UnreadableCloud('The PCD header does not say how many points there are (line "POINTS").');
  return points;
}
