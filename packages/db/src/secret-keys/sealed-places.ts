import type { Executor } from '../engine/executor.js';

/** A column of sealed values. */
export interface SealedPlace {
  readonly table: string;
  readonly id: string;
  readonly idType: 'uuid' | 'text';
  /** An expression: the bytes that each value is bound to. */
  readonly boundTo: string;
  readonly sealed: string;
}

/** Every column that `seal` has made the values of: what is missing here is lost when the key is dropped. */
export const sealedPlaces: readonly SealedPlace[] = [
  { table: 'items', id: 'id', idType: 'uuid', boundTo: 'identity_hash', sealed: 'url_tail_sealed' },
  { table: 'item_members', id: 'id', idType: 'uuid', boundTo: 'identity_hash', sealed: 'url_tail_sealed' },
  { table: 'signing_keys', id: 'id', idType: 'text', boundTo: 'public_key', sealed: 'private_key_sealed' },
  { table: 'webhook_secrets', id: 'id', idType: 'uuid', boundTo: 'uuid_send(id)', sealed: 'secret_sealed' },
  {
    table: 'second_factors',
    id: 'user_id',
    idType: 'uuid',
    boundTo: 'uuid_send(user_id)',
    sealed: 'secret_sealed',
  },
];

export interface SealedRow {
  readonly id: string;
  readonly bound_to: Buffer;
  /** Null: the row has nothing to hide. */
  readonly sealed: Buffer | null;
}

const beforeAll = { uuid: '00000000-0000-0000-0000-000000000000', text: '' } as const;

/** The next rows by id, whichever key they were sealed with: so that each page costs the same. */
export async function listSealed(
  db: Executor,
  place: SealedPlace,
  afterId: string | null,
  limit: number,
): Promise<SealedRow[]> {
  const { table, id, idType, boundTo, sealed } = place;
  const text = `SELECT ${id}::text AS id, ${boundTo} AS bound_to, ${sealed} AS sealed FROM ${table}
    WHERE ${id} > $1::${idType} ORDER BY ${table}.${id} LIMIT $2`;
  const values = [afterId ?? beforeAll[idType], limit];
  return db.query<SealedRow>({ name: `sealedPlaces.list.${table}`, text, values });
}

export interface Resealed {
  readonly id: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** A value that somebody else has changed meanwhile stays as it is: it was sealed with the new key. */
export async function updateSealed(
  tx: Executor,
  { table, id, idType, sealed }: SealedPlace,
  changes: readonly Resealed[],
): Promise<void> {
  const text = `UPDATE ${table} t SET ${sealed} = p.after
    FROM unnest($1::${idType}[], $2::bytea[], $3::bytea[]) AS p (id, before, after)
    WHERE t.${id} = p.id AND t.${sealed} = p.before`;
  const values = [
    changes.map((change) => change.id),
    changes.map(({ before }) => before),
    changes.map(({ after }) => after),
  ];
  await tx.query({ name: `sealedPlaces.update.${table}`, text, values });
}
