import { toStoredMetadata, toStoredText, toUuid } from './stored-text.js';

interface Patch {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly clientMetadata?: Readonly<Record<string, unknown>> | null;
}

/** Null members stay as they are in the database. */
export interface StoredChange {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  /** JSON text. */
  readonly clientMetadata: string | null;
}

/** The patches of a bulk request by id, in their order, checked for what the database can hold. `field` names the map. */
export function toStoredChanges(
  patches: Readonly<Record<string, Patch>>,
  field: string,
): Map<string, StoredChange> {
  const changes = Object.entries(patches).map(([uuid, patch]) => ({
    id: toUuid(uuid, field),
    name: patch.name == null ? null : toStoredText(patch.name, 'name'),
    description: patch.description == null ? null : toStoredText(patch.description, 'description'),
    clientMetadata: patch.clientMetadata == null ? null : toStoredMetadata(patch.clientMetadata),
  }));
  return new Map(changes.map((change) => [change.id, change]));
}
