import { resolve } from 'node:path';
import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import type { StorageClient } from '@latchkey/sdk/storage-client';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import { checkIsReadableManifest } from '../read-file.js';
import { findIntegration, findOrCreateFolder } from './targets.js';

export interface RegistrationRequest {
  readonly manifestPath: string;
  readonly folder: string;
  readonly integration: string;
  readonly createFolder: boolean;
  readonly ignoreErrors: boolean;
}

export interface StartedRegistration {
  readonly jobUuid: string;
  readonly folder: StorageFolder;
  readonly isNewFolder: boolean;
  readonly integration: { readonly integrationUuid: string; readonly title: string };
}

/** Finds folder and integration, and starts the upload job. */
export async function startRegistration(
  client: StorageClient,
  request: RegistrationRequest,
  signal: AbortSignal,
): Promise<StartedRegistration> {
  checkIsReadableManifest(request.manifestPath);
  const integration = await findIntegration(client, request.integration);
  const { folder, isNew } = await findOrCreateFolder(client, request.folder, request.createFolder);
  const jobUuid = await folder.addPrivateDataToFolderStart({
    integrationId: integration.integrationUuid,
    manifest: resolve(request.manifestPath),
    ignoreErrors: request.ignoreErrors,
    signal,
  });
  return { jobUuid, folder, isNewFolder: isNew, integration };
}

export function waitForRegistration(
  { folder, jobUuid }: Pick<StartedRegistration, 'folder' | 'jobUuid'>,
  signal: AbortSignal,
  onProgress: (state: UploadJobResult) => void,
): Promise<UploadJobResult> {
  return folder.addPrivateDataToFolderGetResult(jobUuid, { signal, onProgress });
}
