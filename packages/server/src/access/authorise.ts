import { LatchkeyError } from '@latchkey/contract/errors';
import type { Permission } from '@latchkey/contract/route';
import type { UserRole } from '@latchkey/contract/schemas/common';
import { getDataset } from '@latchkey/db/datasets/reader';
import { getFolderRole } from '@latchkey/db/folders/reader';
import { getIntegrationRole } from '@latchkey/db/integrations/reader';
import { getItemFolder } from '@latchkey/db/items/reader';
import type { AppContext, Caller } from '../context.js';
import { uuidPattern } from '../http/stored-text.js';

/** Holds the permission of a route against the caller and the object in the path. Throws what the catalogue says. */
export async function authorise(
  context: AppContext,
  permission: Permission,
  caller: Caller | null,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  if (permission === 'public') return;
  if (!caller) throw new LatchkeyError('authentication_required');
  const [scope, role] = permission.split(':') as [string, UserRole | undefined];
  if (scope === 'organisation' && !caller.isOrganisationAdmin) throw new LatchkeyError('forbidden');
  if (scope === 'folder') await mustHaveFolder(context, caller, params['folderUuid'] ?? '', role ?? 'user');
  if (scope === 'item')
    await mustHaveItem(context, caller, params['itemUuid'] ?? '', role ?? 'user', params['folderUuid']);
  if (scope === 'integration')
    await mustHaveIntegration(context, caller, params['integrationUuid'] ?? '', role ?? 'user');
  if (scope === 'dataset')
    await mustHaveDataset(context, caller, params['datasetUuid'] ?? '', role ?? 'user');
}

const suffices = (have: UserRole | null, need: UserRole): boolean => have === 'admin' || have === need;

/** A missing folder and one that is not shared are told apart by nobody. */
export async function mustHaveFolder(
  context: AppContext,
  caller: Caller,
  folderId: string,
  need: UserRole,
): Promise<void> {
  mustBeUuid(folderId, 'folderUuid');
  const access = await getFolderRole(context.db, folderId, caller.userId);
  if (!access) throw new LatchkeyError('folder_not_found');
  const role = caller.isOrganisationAdmin ? 'admin' : access.role;
  if (role === null) throw new LatchkeyError('folder_not_found');
  if (!suffices(role, need))
    throw new LatchkeyError(
      'forbidden',
      'You may use this folder but not change it. Ask an administrator of the folder.',
    );
}

export async function mustHaveItem(
  context: AppContext,
  caller: Caller,
  itemId: string,
  need: UserRole,
  inFolder?: string,
): Promise<void> {
  mustBeUuid(itemId, 'itemUuid');
  const folderId = await getItemFolder(context.db, itemId);
  if (folderId === null || (inFolder !== undefined && inFolder.toLowerCase() !== folderId))
    throw new LatchkeyError('item_not_found');
  await mustHaveFolder(context, caller, folderId, need).catch((error: unknown) => {
    throw error instanceof LatchkeyError && error.code === 'folder_not_found'
      ? new LatchkeyError('item_not_found')
      : error;
  });
}

/** A missing integration and one of others are told apart by nobody. */
export async function mustHaveIntegration(
  context: AppContext,
  caller: Caller,
  integrationId: string,
  need: UserRole,
): Promise<void> {
  mustBeUuid(integrationId, 'integrationUuid');
  const access = await getIntegrationRole(context.db, integrationId, caller.userId);
  const role = access && caller.isOrganisationAdmin ? 'admin' : (access?.role ?? null);
  if (role === null) throw new LatchkeyError('integration_not_found');
  if (!suffices(role, need))
    throw new LatchkeyError(
      'forbidden',
      'You may use this integration but not change it. Ask an administrator of the integration.',
    );
}

/** A missing dataset and one of others are told apart by nobody. */
export async function mustHaveDataset(
  context: AppContext,
  caller: Caller,
  datasetId: string,
  need: UserRole,
): Promise<void> {
  mustBeUuid(datasetId, 'datasetUuid');
  const dataset = await getDataset(context.db, datasetId, caller.userId);
  const role = dataset && caller.isOrganisationAdmin ? 'admin' : (dataset?.role ?? null);
  if (role === null) throw new LatchkeyError('dataset_not_found');
  if (!suffices(role, need))
    throw new LatchkeyError(
      'forbidden',
      'You may use this dataset but not change it. Ask an administrator of the dataset.',
    );
}

function mustBeUuid(value: string, field: string): void {
  if (!uuidPattern.test(value))
    throw new LatchkeyError('invalid_request', `params field "${field}" must be a UUID.`, {
      details: { place: 'params', field },
    });
}
