import { limits } from '@latchkey/contract/limits';
import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { manifestTypeOf } from '@latchkey/sdk/manifest-type';
import { transport } from '../../lib/api.js';
import { filledManifest } from './measure/filled-manifest.js';
import { openMeasurementStore } from './measure/measurement-store.js';
import { measuringOf } from './measure/measuring-of.js';

export interface ImportSettings {
  readonly integrationUuid: string;
  readonly ignoreErrors: boolean;
  readonly skipDuplicateUrls: boolean;
  readonly allowExpiredUrls: boolean;
}

export interface ManifestToImport {
  readonly file: File;
  readonly folderUuid: string;
  readonly settings: ImportSettings;
  /** Sent again with the same key, a manifest that had arrived starts no second job. */
  readonly idempotencyKey: string;
}

/** Sends the file as it is on disk, with what was measured of it filled in; answers the UUID of the job. */
export async function sendManifest(
  { file, folderUuid, settings, idempotencyKey }: ManifestToImport,
  signal: AbortSignal,
): Promise<string> {
  await checkReadable(file);
  const manifest = measuringOf(file).canFill
    ? await filledManifest(file, await openMeasurementStore(), signal)
    : file;
  const type = manifestTypeOf(manifest.name);
  return transport.call(startUploadJobFromManifest, {
    params: { folderUuid },
    query: {
      integrationHash: settings.integrationUuid,
      ignoreErrors: settings.ignoreErrors,
      skipDuplicateUrls: settings.skipDuplicateUrls,
      allowExpiredUrls: settings.allowExpiredUrls,
      fileName: manifest.name.slice(0, limits.titleLength),
    },
    body: manifest,
    contentType: type?.contentType,
    contentEncoding: type?.contentEncoding,
    idempotencyKey,
    signal,
  });
}

/** A picked file that changed on disk can no longer be read, which a request would report as a lost connection. */
async function checkReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new Error('The file was changed, moved or deleted after it was added. Add it again.', { cause });
  }
}
