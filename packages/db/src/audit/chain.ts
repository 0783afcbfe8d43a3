import type { Executor } from '../engine/executor.js';

/** Key of the advisory lock of whoever seals; any constant that nothing else uses. */
const lockKey = 5_283_119_473;

/** An entry as the chain covers it: every column as a text that is the same on each engine and in each version. */
export interface ChainEntry {
  readonly id: string;
  /** UTC, to the microsecond. */
  readonly at: string;
  readonly user_id: string | null;
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: string | null;
  /** As the database writes jsonb. */
  readonly details: string;
}

export interface ChainLink {
  readonly position: number;
  readonly hash: Buffer;
  readonly sealed_through: string;
}

const moment = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const entryColumns = `l.id, ${moment('l.at')} AS at, l.user_id, l.action, l.subject_type, l.subject_id, l.details::text AS details`;

/** False: another process seals just now. Held to the end of the transaction. */
export async function tryLockChain(tx: Executor): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>({
    name: 'auditChain.lock',
    text: 'SELECT pg_try_advisory_xact_lock($1) AS locked',
    values: [lockKey],
  });
  return row?.locked === true;
}

/** The last link; null for a chain that has not begun, or of which all was removed. */
export async function getLastLink(db: Executor): Promise<ChainLink | null> {
  const text = `SELECT position, hash, ${moment('sealed_through')} AS sealed_through FROM audit_chain
    ORDER BY position DESC LIMIT 1`;
  const [row] = await db.query<ChainLink>({ name: 'auditChain.last', text });
  return row ?? null;
}

/** The oldest of those that are not sealed, and the moment before which nothing else was committed. */
export async function listUnsealed(
  tx: Executor,
  limit: number,
): Promise<{ readonly now: string; readonly entries: ChainEntry[] }> {
  // Read first: what commits after it may have been written before, and is not promised.
  const [clock] = await tx.query<{ now: string }>({
    name: 'auditChain.now',
    text: `SELECT ${moment('clock_timestamp()')} AS now`,
  });
  const entries = await tx.query<ChainEntry>({
    name: 'auditChain.unsealed',
    text: `SELECT ${entryColumns} FROM audit_unsealed u JOIN audit_log l ON l.id = u.entry_id ORDER BY u.entry_id LIMIT $1`,
    values: [limit],
  });
  return { now: clock?.now ?? '', entries };
}

export interface NewLink {
  readonly position: number;
  readonly entryId: string;
  readonly sealedThrough: string;
  readonly hash: Buffer;
}

export async function insertLinks(tx: Executor, links: readonly NewLink[]): Promise<void> {
  const text = `INSERT INTO audit_chain (position, entry_id, sealed_through, hash)
    SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::bytea[])`;
  const values = [
    links.map(({ position }) => position),
    links.map(({ entryId }) => entryId),
    links.map(({ sealedThrough }) => sealedThrough),
    links.map(({ hash }) => hash),
  ];
  await tx.query({ name: 'auditChain.insert', text, values });
}

export async function deleteUnsealed(tx: Executor, entryIds: readonly string[]): Promise<void> {
  const text = 'DELETE FROM audit_unsealed WHERE entry_id = ANY ($1::uuid[])';
  await tx.query({ name: 'auditChain.dequeue', text, values: [entryIds] });
}

/** A link with its entry; its id is null if the entry is gone. */
export type LinkWithEntry = ChainLink & { readonly entry_id: string } & (ChainEntry | { readonly id: null });

/** Links behind a position, in order. */
export async function listLinks(db: Executor, after: number, limit: number): Promise<LinkWithEntry[]> {
  const text = `SELECT c.position, c.hash, c.entry_id, ${moment('c.sealed_through')} AS sealed_through, ${entryColumns}
    FROM audit_chain c LEFT JOIN audit_log l ON l.id = c.entry_id WHERE c.position > $1 ORDER BY c.position LIMIT $2`;
  return db.query<LinkWithEntry>({ name: 'auditChain.list', text, values: [after, limit] });
}

export async function countUnsealed(db: Executor): Promise<number> {
  const [row] = await db.query<{ count: number }>({
    name: 'auditChain.countUnsealed',
    text: 'SELECT count(*) AS count FROM audit_unsealed',
  });
  return row?.count ?? 0;
}

export async function hasUnsealed(db: Executor): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>({
    name: 'auditChain.hasUnsealed',
    text: 'SELECT EXISTS (SELECT 1 FROM audit_unsealed) AS found',
  });
  return row?.found === true;
}

/** An entry that waits to be sealed, and is gone. */
export async function findLostEntry(db: Executor): Promise<string | null> {
  const text = `SELECT u.entry_id AS id FROM audit_unsealed u
    WHERE NOT EXISTS (SELECT 1 FROM audit_log l WHERE l.id = u.entry_id) ORDER BY 1 LIMIT 1`;
  const [row] = await db.query<{ id: string }>({ name: 'auditChain.lost', text });
  return row?.id ?? null;
}

/** An entry that is neither in the chain nor waits to be: it was put in behind the back of the log. */
export async function findStrayEntry(db: Executor): Promise<string | null> {
  const text = `SELECT l.id FROM audit_log l
    WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.entry_id = l.id)
      AND NOT EXISTS (SELECT 1 FROM audit_unsealed u WHERE u.entry_id = l.id)
    ORDER BY l.id LIMIT 1`;
  const [row] = await db.query<{ id: string }>({ name: 'auditChain.stray', text });
  return row?.id ?? null;
}
