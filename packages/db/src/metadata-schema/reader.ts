import type { Executor } from '../engine/executor.js';
import type { MetadataComparison } from '../items/metadata-conditions.js';

export interface MetadataSchemaRow {
  readonly id: string;
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  /** By key, in their order; JSON text. */
  readonly types: string;
}

/** Null: there never was one. */
export async function getMetadataSchema(db: Executor): Promise<MetadataSchemaRow | null> {
  const text = `SELECT s.id, s.revision, s.created_at, s.updated_at,
      (SELECT coalesce(json_object_agg(k.key, k.type ORDER BY k.position), '{}') FROM client_metadata_keys k)::text AS types
    FROM client_metadata_schema s`;
  const [row] = await db.query<MetadataSchemaRow>({ name: 'metadataSchema.get', text, values: [] });
  return row ?? null;
}

export interface ComparedKeyRow {
  readonly key: string;
  /** JSON text. */
  readonly type: string;
  readonly compared_as: MetadataComparison;
  readonly index_id: number;
  readonly is_entered: boolean;
}

/** The keys by which lists can be narrowed, in their order. */
export async function listComparedKeys(db: Executor): Promise<ComparedKeyRow[]> {
  const text = `SELECT key, type::text AS type, compared_as, index_id, is_entered FROM client_metadata_keys
    WHERE index_id IS NOT NULL ORDER BY position`;
  return db.query<ComparedKeyRow>({ name: 'metadataKeys.compared', text });
}
