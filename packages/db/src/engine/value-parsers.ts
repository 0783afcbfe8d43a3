import pg from 'pg';
import { DatabaseError } from './errors.js';

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

// pg_type.oid of the types whose default parser in `pg` answers strings.
const INT8 = 20 as TypeId;
const INT8_ARRAY = 1016 as TypeId;

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new DatabaseError(
      'unsafe_integer',
      'A bigint column holds a number beyond 2^53 - 1, which JavaScript cannot hold exactly; cast it to text.',
    );
  }
  return value;
}

function parseInt8Array(text: string): unknown[] {
  const parse: (text: string) => (string | null)[] = pg.types.getTypeParser(INT8_ARRAY, 'text');
  return parse(text).map((entry) => (entry === null ? null : parseInt8(entry)));
}

/** The parsers of `pg`, with int8 as a checked number. Both engines go through them. */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === INT8 && format !== 'binary') return parseInt8;
    if (oid === INT8_ARRAY && format !== 'binary') return parseInt8Array;
    return pg.types.getTypeParser(oid, format);
  },
};
