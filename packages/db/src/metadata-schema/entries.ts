import type { Executor } from '../engine/executor.js';

interface UnenteredKeys {
  readonly index_ids: readonly number[];
  readonly entered_to: string | null;
  /** Whether every transaction that may not have known of the keys has ended; null: that is not noted yet. */
  readonly may_begin: boolean | null;
}

/** Locks keys whose items are not all entered and that have come equally far; null if there are none, or others are at them. */
export async function lockUnenteredKeys(tx: Executor): Promise<UnenteredKeys | null> {
  // A moment of another database, from which this one was copied, may lie in the future.
  const text = `WITH first AS (
      SELECT entered_to, enter_after FROM client_metadata_keys WHERE index_id IS NOT NULL AND NOT is_entered
      ORDER BY entered_to NULLS FIRST, index_id LIMIT 1 FOR UPDATE SKIP LOCKED),
    same AS (
      SELECT k.index_id, k.entered_to, k.enter_after FROM client_metadata_keys k JOIN first f
        ON k.entered_to IS NOT DISTINCT FROM f.entered_to AND k.enter_after IS NOT DISTINCT FROM f.enter_after
      WHERE k.index_id IS NOT NULL AND NOT k.is_entered FOR UPDATE OF k SKIP LOCKED)
    SELECT array_agg(index_id) AS index_ids, min(entered_to::text)::uuid AS entered_to,
      bool_and(enter_after <= pg_snapshot_xmin(pg_current_snapshot()) OR enter_after > pg_snapshot_xmax(pg_current_snapshot())) AS may_begin
    FROM same HAVING count(*) > 0`;
  const [keys] = await tx.query<UnenteredKeys>({ name: 'metadataKeys.lockUnentered', text });
  return keys ?? null;
}

/** Notes which transactions entering has to wait for. */
export async function noteEnterAfter(tx: Executor, indexIds: readonly number[]): Promise<void> {
  const text = `UPDATE client_metadata_keys SET enter_after = pg_snapshot_xmax(pg_current_snapshot())
    WHERE index_id = ANY ($1::integer[]) AND enter_after IS NULL`;
  await tx.query({ name: 'metadataKeys.noteEnterAfter', text, values: [indexIds] });
}

/** Enters the next items behind `after`, by id; answers the last one, or null when there are no more. */
export async function enterItems(
  tx: Executor,
  indexIds: readonly number[],
  after: string | null,
  most: number,
): Promise<string | null> {
  const text = `WITH next AS MATERIALIZED (
      SELECT id, folder_id, client_metadata FROM items WHERE $2::uuid IS NULL OR id > $2 ORDER BY id LIMIT $3),
    valued AS (
      SELECT k.index_id, n.folder_id, n.id, metadata_text(n.client_metadata -> k.key, k.compared_as) AS text_value,
        metadata_number(n.client_metadata -> k.key, k.compared_as) AS number_value
      FROM next n JOIN client_metadata_keys k ON k.index_id = ANY ($1::integer[]) AND n.client_metadata ? k.key),
    entered AS (
      INSERT INTO item_metadata_entries AS e (index_id, folder_id, text_value, number_value, block, ids)
        SELECT index_id, folder_id, left(coalesce(text_value, ''), 200), coalesce(number_value, 0), id_block(id), string_agg(last_byte(id), ''::bytea)
        FROM valued WHERE text_value IS NOT NULL OR number_value IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (index_id, folder_id, text_value, number_value, block)
          DO UPDATE SET ids = without_bytes(e.ids, excluded.ids) || excluded.ids)
    SELECT id FROM next ORDER BY id DESC LIMIT 1`;
  const [last] = await tx.query<{ id: string }>({
    name: 'metadataEntries.enter',
    text,
    values: [indexIds, after, most],
  });
  return last?.id ?? null;
}

/** Null: all items are entered. */
export async function noteEntered(
  tx: Executor,
  indexIds: readonly number[],
  enteredTo: string | null,
): Promise<void> {
  const text = `UPDATE client_metadata_keys SET entered_to = coalesce($2::uuid, entered_to), is_entered = $2::uuid IS NULL
    WHERE index_id = ANY ($1::integer[])`;
  await tx.query({ name: 'metadataKeys.noteEntered', text, values: [indexIds, enteredTo] });
}

/** Removes entries of keys that are gone; false: there are none left. */
export async function removeDroppedEntries(tx: Executor, most: number): Promise<boolean> {
  const [dropped] = await tx.query<{ index_id: number }>({
    name: 'metadataEntries.dropped',
    text: 'SELECT index_id FROM dropped_metadata_indexes ORDER BY index_id LIMIT 1 FOR UPDATE SKIP LOCKED',
  });
  if (!dropped) return false;
  const text = `DELETE FROM item_metadata_entries WHERE index_id = $1 AND ctid = ANY (
      ARRAY(SELECT ctid FROM item_metadata_entries WHERE index_id = $1 LIMIT $2)) RETURNING 1`;
  const removed = await tx.query({ name: 'metadataEntries.remove', text, values: [dropped.index_id, most] });
  if (removed.length < most)
    await tx.query({
      name: 'metadataEntries.removed',
      text: 'DELETE FROM dropped_metadata_indexes WHERE index_id = $1',
      values: [dropped.index_id],
    });
  return true;
}
