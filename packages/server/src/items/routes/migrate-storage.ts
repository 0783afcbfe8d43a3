import { migrateStorage } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { migrateStorageFor } from '../migrate-storage/migrate-storage.js';

export const migrateStorageHandler = defineHandler(migrateStorage, async (context, { caller, body }) => {
  await migrateStorageFor(context, caller, body);
  return undefined;
});
