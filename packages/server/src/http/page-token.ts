import { createHash } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import type { Keyset, KeysetPosition } from '@latchkey/db/paging/keyset';
import { isStorable } from './stored-text.js';

const version = 1;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the query of a list says about order and page. */
export interface PageQuery {
  readonly order?: 'name' | 'createdAt';
  readonly desc?: boolean;
  readonly pageToken?: string;
  readonly pageSize?: number;
}

export interface Page<Result> {
  readonly results: Result[];
  readonly nextPageToken: string | null;
}

/** A list as one request asks for it. `filters` is all else that decides which rows it has. */
export interface PagedList {
  readonly keyset: Keyset;
  readonly pageSize: number;
  readonly fingerprint: string;
}

/** Throws `invalid_page_token` for a broken token and for one of a list with another order or other filters. */
export function readPagedList(
  operation: string,
  filters: Readonly<Record<string, unknown>>,
  query: PageQuery,
): PagedList {
  const orderBy = query.order === 'createdAt' ? 'id' : 'name';
  const desc = query.desc ?? false;
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([operation, orderBy, desc, filters]))
    .digest('base64url')
    .slice(0, 16);
  const after = query.pageToken === undefined ? null : readToken(query.pageToken, fingerprint);
  // One row more than the page tells whether there is a next one.
  return { keyset: { orderBy, desc, after, limit: pageSize + 1 }, pageSize, fingerprint };
}

/** Cuts the rows of the keyset to the page and makes the token of the next one. */
export function toPage<Row extends KeysetPosition>(
  list: PagedList,
  rows: readonly Row[],
): { rows: readonly Row[]; nextPageToken: string | null } {
  const page = rows.slice(0, list.pageSize);
  const last = rows.length > list.pageSize ? page.at(-1) : undefined;
  return { rows: page, nextPageToken: last ? writeToken(list, last) : null };
}

function writeToken({ fingerprint, keyset }: PagedList, { name, id }: KeysetPosition): string {
  const key = keyset.orderBy === 'name' ? name : '';
  return Buffer.from(JSON.stringify([version, fingerprint, key, id])).toString('base64url');
}

function readToken(token: string, fingerprint: string): KeysetPosition {
  const parts = parse(Buffer.from(token, 'base64url').toString('utf8'));
  const [tokenVersion, tokenFingerprint, name, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const isOurs = tokenVersion === version && tokenFingerprint === fingerprint;
  if (!isOurs || typeof name !== 'string' || !isStorable(name)) throw new LatchkeyError('invalid_page_token');
  if (typeof id !== 'string' || !uuidPattern.test(id)) throw new LatchkeyError('invalid_page_token');
  return { name, id };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new LatchkeyError('invalid_page_token');
  }
}
