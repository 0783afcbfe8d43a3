import type { RowOwner } from './item-row.js';

/** Where the units of a job go, and what becomes of those that are known. */
export interface RegistrationTarget extends RowOwner {
  readonly integrationId: string;
  readonly skipDuplicateUrls: boolean;
  readonly upsertMetadata: boolean;
}
