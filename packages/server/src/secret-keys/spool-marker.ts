import { Readable } from 'node:stream';
import type { Spool } from '@latchkey/spool/spool';
import { v7 as uuidv7 } from 'uuid';

const mark = Buffer.from('latchkey');
export const markBytes = mark.length;

/** The name of a spooled object by which processes see that they have the same spool. */
export const newMarker = (): string => `${uuidv7()}.manifest`;

export const writeMark = (spool: Spool, marker: string): Promise<void> =>
  spool.write(marker, Readable.from([mark]));
