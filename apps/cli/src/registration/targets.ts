import { limits } from '@latchkey/contract/limits';
import type { Integration } from '@latchkey/contract/schemas/integration';
import type { StorageClient } from '@latchkey/sdk/storage-client';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import { CommandError } from '../command-error.js';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As many names as a hint shows. */
const namesShown = 10;

export interface FolderTarget {
  readonly folder: StorageFolder;
  readonly isNew: boolean;
}

/**
 * The folder of a UUID, or the top-level folder of a name, created when it is missing and may be.
 *
 * @throws CommandError `folder_missing` or `folder_ambiguous`.
 */
export async function findOrCreateFolder(
  client: StorageClient,
  nameOrUuid: string,
  mayCreate: boolean,
): Promise<FolderTarget> {
  if (uuidForm.test(nameOrUuid)) return { folder: await client.getStorageFolder(nameOrUuid), isNew: false };
  const matches: StorageFolder[] = [];
  const search = nameOrUuid.slice(0, limits.searchLength);
  for await (const folder of client.listStorageFolders({ search })) {
    if (folder.name === nameOrUuid) matches.push(folder);
  }
  const [folder] = matches;
  if (matches.length > 1) throw folderAmbiguous(nameOrUuid, matches);
  if (folder) return { folder, isNew: false };
  if (mayCreate) return { folder: await client.createStorageFolder(nameOrUuid), isNew: true };
  throw new CommandError(
    'folder_missing',
    `There is no top-level folder named "${nameOrUuid}" that you may see.`,
    'Create it first, as register does without --no-create-folder, or give the UUID of a folder.',
  );
}

function folderAmbiguous(name: string, matches: readonly StorageFolder[]): CommandError {
  const uuids = matches.slice(0, namesShown).map((folder) => folder.uuid);
  return new CommandError(
    'folder_ambiguous',
    `${matches.length} top-level folders are named "${name}".`,
    `Give the UUID of the one you mean: ${uuids.join(', ')}.`,
  );
}

/** @throws CommandError `integration_missing`. */
export async function findIntegration(client: StorageClient, titleOrUuid: string): Promise<Integration> {
  const filter = uuidForm.test(titleOrUuid) ? { uuids: [titleOrUuid] } : { titles: [titleOrUuid] };
  const [integration] = await client.getCloudIntegrations(filter);
  if (integration) return integration;
  const titles = (await client.getCloudIntegrations()).slice(0, namesShown).map(({ title }) => `"${title}"`);
  throw new CommandError(
    'integration_missing',
    `There is no integration "${titleOrUuid}" that you are a member of.`,
    titles.length > 0
      ? `Yours are: ${titles.join(', ')}.`
      : 'You are a member of none: create one in the web app, or ask an administrator to add you.',
  );
}
