import { LatchkeyError } from '@latchkey/contract/errors';
import type { Permission } from '@latchkey/contract/route';
import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';
import { getDataset } from '@latchkey/db/datasets/reader';
import { getFolderRole } from '@latchkey/db/folders/reader';
import { getIntegrationRole } from '@latchkey/db/integrations/reader';
import { getItemFolder } from '@latchkey/db/items/reader';
import type { AppContext, Caller } from '../context.js';
import { uuidPattern } from '../http/stored-text.js';
import { suffices } from './roles.js';

/** Holds the permission of a route against the caller and the object in the path. Throws what the catalogue says. */
export async function authorise(
  context: AppContext,
  permission: Permission,
  caller: Caller | null,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  if (permission === 'public') return;
  if (!caller) throw new LatchkeyError('authentication_required');
  const [scope, role] = permission.split(':');
  if (scope === 'organisation' && !caller.isOrganisationAdmin) throw new LatchkeyError('forbidden');
  if (scope === 'folder' || scope === 'item') {
    const need: FolderRole = role === 'admin' || role === 'editor' ? role : 'viewer';
    if (scope === 'folder') await mustHaveFolder(context, caller, params['folderUuid'] ?? '', need);
    else await mustHaveItem(context, caller, params['itemUuid'] ?? '', need, params['folderUuid']);
  }
  const need: UserRole = role === 'admin' ? role : 'user';
  if (scope === 'integration')
    await mustHaveIntegration(context, caller, params['integrationUuid'] ?? '', need);
  if (scope === 'dataset') await mustHaveDataset(context, caller, params['datasetUuid'] ?? '', need);
}

const folderRefusals: Readonly<Record<FolderRole, string>> = {
  viewer: 'You may not look into this folder. Ask an administrator of the folder.',
  editor: 'You may use this folder but not change what is in it. Ask an administrator of the folder.',
  admin: 'Only administrators of this folder may do this. Ask one of them.',
};

/** A missing folder and one that is not shared are told apart by nobody. */
export async function mustHaveFolder(
  context: AppContext,
  caller: Caller,
  folderId: string,
  need: FolderRole,
): Promise<void> {
  mustBeUuid(folderId, 'folderUuid');
  const access = await getFolderRole(context.db, folderId, caller.userId);
  if (!access) throw new LatchkeyError('folder_not_found');
  const role = caller.isOrganisationAdmin ? 'admin' : access.role;
  if (role === null) throw new LatchkeyError('folder_not_found');
  if (!suffices(role, need)) throw new LatchkeyError('forbidden', folderRefusals[need]);
}

export async function mustHaveItem(
  context: AppContext,
  caller: Caller,
  itemId: string,
  need: FolderRole,
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
