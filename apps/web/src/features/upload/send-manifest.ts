import { limits } from '@latchkey/contract/limits';
import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { transport } from '../../lib/api.js';

export interface ImportSettings {
  readonly integrationUuid: string;
  readonly ignoreErrors: boolean;
}

/** Sends the file as it is on disk, never read into the page; answers the UUID of the job. */
export async function sendManifest(
  file: File,
  folderUuid: string,
  settings: ImportSettings,
  signal: AbortSignal,
): Promise<string> {
  await checkReadable(file);
  return transport.call(startUploadJobFromManifest, {
    params: { folderUuid },
    query: {
      integrationHash: settings.integrationUuid,
      ignoreErrors: settings.ignoreErrors,
      fileName: file.name.slice(0, limits.titleLength),
    },
    body: file,
    contentType: 'application/json',
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
