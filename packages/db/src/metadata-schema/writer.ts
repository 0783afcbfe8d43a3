import type { Executor } from '../engine/executor.js';

/** Begins a change: others wait for the end of the transaction. The first one makes the schema, with this id. */
export async function beginSchemaChange(tx: Executor, id: string): Promise<void> {
  const text = `INSERT INTO client_metadata_schema AS s (id, revision) VALUES ($1, 1)
    ON CONFLICT (is_only) DO UPDATE SET revision = s.revision + 1, updated_at = now()`;
  await tx.query({ name: 'metadataSchema.change', text, values: [id] });
}

/** All keys from now on, in their order; `types` as JSON texts. */
export async function replaceMetadataKeys(
  tx: Executor,
  keys: readonly { readonly key: string; readonly type: string }[],
): Promise<void> {
  await tx.query({
    name: 'metadataKeys.delete',
    text: 'DELETE FROM client_metadata_keys WHERE NOT key = ANY ($1::text[])',
    values: [keys.map(({ key }) => key)],
  });
  await tx.query({
    name: 'metadataKeys.put',
    text: `INSERT INTO client_metadata_keys (key, position, type)
      SELECT k.key, k.position, k.type::jsonb FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS k (key, type, position)
      ON CONFLICT (key) DO UPDATE SET position = excluded.position, type = excluded.type`,
    values: [keys.map(({ key }) => key), keys.map(({ type }) => type)],
  });
}
