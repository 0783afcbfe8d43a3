import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { ConnectionError } from '@latchkey/sdk/errors';
import type { StorageClient } from '@latchkey/sdk/storage-client';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { checkIsReadableManifest } from '../read-file.js';
import { findIntegration, findOrCreateFolder } from './targets.js';

export interface RegistrationRequest {
  readonly manifestPath: string;
  readonly folder: string;
  readonly integration: string;
  readonly createFolder: boolean;
  readonly ignoreErrors: boolean;
  readonly skipDuplicateUrls?: boolean;
  readonly upsertMetadata?: boolean;
  readonly allowExpiredUrls?: boolean;
  /** Default: a new one. */
  readonly idempotencyKey?: string;
}

export interface StartedRegistration {
  readonly jobUuid: string;
  readonly folder: StorageFolder;
  readonly isNewFolder: boolean;
  readonly integration: { readonly integrationUuid: string; readonly title: string };
}

/**
 * Finds folder and integration, and starts the upload job. A start whose connection breaks is repeated with the same
 * idempotency key.
 *
 * @throws CommandError `start_uncertain`: the server may have the manifest all the same.
 */
export async function startRegistration(
  client: StorageClient,
  request: RegistrationRequest,
  signal: AbortSignal,
): Promise<StartedRegistration> {
  checkIsReadableManifest(request.manifestPath);
  const integration = await findIntegration(client, request.integration);
  const { folder, isNew } = await findOrCreateFolder(client, request.folder, request.createFolder);
  const idempotencyKey = request.idempotencyKey ?? randomUUID();
  const jobUuid = await folder
    .addPrivateDataToFolderStart({
      integrationId: integration.integrationUuid,
      manifest: resolve(request.manifestPath),
      ignoreErrors: request.ignoreErrors,
      ...(request.skipDuplicateUrls && { skipDuplicateUrls: true }),
      ...(request.upsertMetadata && { upsertMetadata: true }),
      ...(request.allowExpiredUrls && { allowExpiredUrls: true }),
      idempotencyKey,
      signal,
    })
    .catch((error: unknown) => {
      throw error instanceof ConnectionError ? startUncertain(error, idempotencyKey) : error;
    });
  return { jobUuid, folder, isNewFolder: isNew, integration };
}

const startUncertain = (cause: ConnectionError, idempotencyKey: string) =>
  new CommandError(
    'start_uncertain',
    `${cause.message} Whether the upload job has started is not known.`,
    `Repeat the command with --idempotency-key ${idempotencyKey}: it then follows the job that has started, or starts it.`,
    { exitCode: exitCodes.unreachable, cause },
  );
