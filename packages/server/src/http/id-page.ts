import { LatchkeyError } from '@latchkey/contract/errors';
import { uuidPattern } from './stored-text.js';

/** Opaque tokens of lists that are ordered by one id or position: the list's name and the last key of the page. */
export function toIdPage<Row>(
  list: string,
  rows: readonly Row[],
  pageSize: number,
  key: (row: Row) => string | number,
): { page: readonly Row[]; nextPageToken: string | null } {
  const page = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  return {
    page,
    nextPageToken: last === undefined ? null : Buffer.from(`${list}:${key(last)}`).toString('base64url'),
  };
}

/** The key in a token; null without a token. Throws `invalid_page_token` for another list's token. */
export function fromIdToken(list: string, token: string | undefined, pattern = uuidPattern): string | null {
  if (token === undefined) return null;
  const [name, key = ''] = Buffer.from(token, 'base64url').toString('utf8').split(':');
  if (name !== list || !pattern.test(key)) throw new LatchkeyError('invalid_page_token');
  return key;
}
