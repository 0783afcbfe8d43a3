import type { RowOwner } from './item-row.js';

/** Where the units of a job go, and what becomes of those that are known. */
export interface RegistrationTarget extends RowOwner {
  readonly integrationId: string;
  /** Its rows are sealed with this key, or with a newer one. */
  readonly secretKeyId: Buffer;
  readonly skipDuplicateUrls: boolean;
  readonly upsertMetadata: boolean;
}
