import type { Executor } from '../engine/executor.js';
import type { MetadataComparison } from '../items/metadata-conditions.js';

/** Begins a change: others wait for the end of the transaction. The first one makes the schema, with this id. */
export async function beginSchemaChange(tx: Executor, id: string): Promise<void> {
  const text = `INSERT INTO client_metadata_schema AS s (id, revision) VALUES ($1, 1)
    ON CONFLICT (is_only) DO UPDATE SET revision = s.revision + 1, updated_at = now()`;
  await tx.query({ name: 'metadataSchema.change', text, values: [id] });
}

export interface NewMetadataKey {
  readonly key: string;
  /** JSON text. */
  readonly type: string;
  /** Null: no list is narrowed by the key. */
  readonly comparedAs: MetadataComparison | null;
}

/** All keys from now on, in their order. Entries of those whose values are compared as before stay. */
export async function replaceMetadataKeys(tx: Executor, keys: readonly NewMetadataKey[]): Promise<void> {
  const names = keys.map(({ key }) => key);
  const compared = keys.map(({ comparedAs }) => comparedAs);
  await tx.query({
    name: 'metadataKeys.delete',
    text: `WITH stays AS (SELECT * FROM unnest($1::text[], $2::text[]) AS s (key, compared_as)),
        dropped AS (
          INSERT INTO dropped_metadata_indexes (index_id) SELECT k.index_id FROM client_metadata_keys k WHERE k.index_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM stays s WHERE s.key = k.key AND s.compared_as = k.compared_as))
      DELETE FROM client_metadata_keys k
        WHERE NOT EXISTS (SELECT FROM stays s WHERE s.key = k.key AND s.compared_as IS NOT DISTINCT FROM k.compared_as)`,
    values: [names, compared],
  });
  await tx.query({
    name: 'metadataKeys.put',
    text: `WITH numbered AS (
        UPDATE client_metadata_schema SET last_index_id = last_index_id + cardinality($1::text[]) RETURNING last_index_id)
      INSERT INTO client_metadata_keys (key, position, type, compared_as, index_id)
      SELECT k.key, k.position, k.type::jsonb, k.compared_as, CASE WHEN k.compared_as IS NOT NULL THEN n.last_index_id - k.position + 1 END
      FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k (key, type, compared_as, position) CROSS JOIN numbered n
      ON CONFLICT (key) DO UPDATE SET position = excluded.position, type = excluded.type`,
    values: [names, keys.map(({ type }) => type), compared],
  });
}
