import { type ErrorCode, LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import type { SharedKind, SharedObject } from '@latchkey/db/sharing/shared-tables';
import { lockSharedAdmins } from '@latchkey/db/sharing/writer';

export const folderObject = (id: string): SharedObject => ({ kind: 'folder', id });
export const datasetObject = (id: string): SharedObject => ({ kind: 'dataset', id });
export const integrationObject = (id: string): SharedObject => ({ kind: 'integration', id });

interface Refusals {
  readonly missing: ErrorCode;
  readonly lastAdmin: ErrorCode;
}

export const refusals: Readonly<Record<SharedKind, Refusals>> = {
  folder: { missing: 'folder_not_found', lastAdmin: 'folder_last_admin' },
  dataset: { missing: 'dataset_not_found', lastAdmin: 'dataset_last_admin' },
  integration: { missing: 'integration_not_found', lastAdmin: 'integration_last_admin' },
};

/**
 * A change that takes the last user with the admin role away is refused: groups do not count, as their members come
 * and go without a look at what is shared with them.
 */
export async function keepingAdmin<Result>(
  tx: Executor,
  object: SharedObject,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await lockSharedAdmins(tx, object);
  const result = await change();
  if (before.length > 0 && (await lockSharedAdmins(tx, object)).length === 0)
    throw new LatchkeyError(refusals[object.kind].lastAdmin);
  return result;
}
