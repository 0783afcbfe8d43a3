import type { Executor } from '../engine/executor.js';
import { roleInFolder } from '../folders/visibility.js';

/** What changes of an item or a member; bytes are in hexadecimal digits. */
export interface Relocation {
  readonly id: string;
  readonly folderId: string;
  readonly integrationId: string;
  /** Null: the object URL stays as it is. */
  readonly url: {
    readonly head: string;
    readonly tailSealed: string | null;
    readonly identityHash: string;
    readonly expiresAt: Date | null;
    readonly expiryCertainty: string | null;
  } | null;
}

const relocationRecord = `json_to_recordset($1) AS p (id uuid, "folderId" uuid, "integrationId" uuid, "hasUrl" boolean, head text,
      "tailSealed" text, "identityHash" text, "expiresAt" timestamptz, "expiryCertainty" text)`;
const urlColumns: Readonly<Record<string, string>> = {
  url_head: 'p.head',
  url_tail_sealed: `decode(p."tailSealed", 'hex')`,
  identity_hash: `decode(p."identityHash", 'hex')`,
  expires_at: 'p."expiresAt"',
  expiry_certainty: 'p."expiryCertainty"',
};

const toRecords = (relocations: readonly Relocation[]): string =>
  JSON.stringify(
    relocations.map(({ url, ...relocation }) => ({ ...relocation, hasUrl: url !== null, ...url })),
  );

/** Answers how many items there were to change. */
export async function relocateItems(tx: Executor, relocations: readonly Relocation[]): Promise<number> {
  const url = Object.entries(urlColumns)
    .map(([column, value]) => `${column} = CASE WHEN p."hasUrl" THEN ${value} ELSE i.${column} END`)
    .join(', ');
  const text = `UPDATE items i SET integration_id = p."integrationId", ${url}, updated_at = now()
    FROM ${relocationRecord} WHERE i.folder_id = p."folderId" AND i.id = p.id RETURNING i.id`;
  const rows = await tx.query({ name: 'items.relocate', text, values: [toRecords(relocations)] });
  return rows.length;
}

/** Gives members new URLs of the objects that they have; answers the ids of their items. */
export async function renewMembers(tx: Executor, relocations: readonly Relocation[]): Promise<string[]> {
  const url = Object.entries(urlColumns)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ');
  const text = `UPDATE item_members m SET ${url} FROM ${relocationRecord} WHERE m.id = p.id RETURNING m.item_id`;
  const rows = await tx.query<{ item_id: string }>({
    name: 'members.renew',
    text,
    values: [toRecords(relocations)],
  });
  return rows.map(({ item_id }) => item_id);
}

/** The expiry of a group or series is that of its first member to die. */
export async function refreshExpiryOfGroups(tx: Executor, itemIds: readonly string[]): Promise<void> {
  const text = `UPDATE items i SET expires_at = first.expires_at, expiry_certainty = first.expiry_certainty, updated_at = now()
    FROM (SELECT DISTINCT ON (item_id) item_id, expires_at, expiry_certainty FROM item_members
      WHERE item_id = ANY ($1::uuid[]) ORDER BY item_id, expires_at NULLS LAST, expiry_certainty NULLS LAST) first
    WHERE i.id = first.item_id`;
  await tx.query({ name: 'items.refreshExpiry', text, values: [itemIds] });
}

export interface IdentifiedItem {
  /** In hexadecimal digits. */
  readonly identity_hash: string;
  readonly id: string;
}

/**
 * Items with one of the identities in the folders whose contents the user may change; `userId` null: in all folders. Every
 * identity is looked up in the index of every folder that has items.
 */
export async function findItemsByIdentity(
  tx: Executor,
  identityHashes: readonly string[],
  userId: string | null,
): Promise<IdentifiedItem[]> {
  const text = `SELECT encode(h.hash, 'hex') AS identity_hash, found.id FROM unnest($1::bytea[]) h (hash)
    CROSS JOIN (SELECT DISTINCT c.folder_id FROM folder_item_counts c JOIN folders f ON f.id = c.folder_id
      WHERE c.items_count > 0 AND ($2::uuid IS NULL OR ${roleInFolder('f.path', '$2')} IN ('editor', 'admin'))) place
    CROSS JOIN LATERAL (SELECT i.id FROM items i
      WHERE i.identity_hash = h.hash AND (i.folder_id = place.folder_id) IS TRUE OFFSET 0) found
    ORDER BY found.id`;
  const values = [identityHashes.map((hash) => `\\x${hash}`), userId];
  return tx.query<IdentifiedItem>({ name: 'items.findByIdentity', text, values });
}
