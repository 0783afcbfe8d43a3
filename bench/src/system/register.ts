import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import type { StorageClient } from '@latchkey/sdk/storage-client';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import type { ManifestFile } from '../workload/manifest-file.js';

export interface Registration {
  /** From the first byte sent to the end of the job, seen by long poll. */
  readonly seconds: number;
  /** Until the answer with the job's UUID. */
  readonly receiveSeconds: number;
  readonly job: UploadJobResult;
}

export async function register(
  folder: StorageFolder,
  integrationId: string,
  manifest: ManifestFile,
  ignoreErrors = true,
): Promise<Registration> {
  const begin = performance.now();
  const since = () => (performance.now() - begin) / 1000;
  const uuid = await folder.addPrivateDataToFolderStart({
    integrationId,
    manifest: manifest.path,
    ignoreErrors,
  });
  const receiveSeconds = since();
  const job = await folder.addPrivateDataToFolderGetResult(uuid);
  return { seconds: since(), receiveSeconds, job };
}

export interface ExpectedCounts {
  readonly done: number;
  readonly skipped: number;
  readonly renewed: number;
}

/** What is wrong with how the job ended; empty if nothing. */
export function problemsOf(what: string, job: UploadJobResult, expected: ExpectedCounts): string[] {
  const counts: [string, string | number, string | number][] = [
    ['status', job.status, 'DONE'],
    ['total', job.unitsTotalCount, expected.done + expected.skipped],
    ['done', job.unitsDoneCount, expected.done],
    ['skipped', job.unitsSkippedCount, expected.skipped],
    ['renewed', job.unitsRenewedCount, expected.renewed],
    ['errors', job.unitsErrorCount, 0],
    ['cancelled', job.unitsCancelledCount, 0],
    ['pending', job.unitsPendingCount, 0],
  ];
  const reason = job.errors[0] ?? job.unitErrors[0]?.error;
  return counts
    .filter(([, is, must]) => is !== must)
    .map(([name, is, must]) => `${what}: ${name} is ${is}, not ${must}${reason ? ` (${reason})` : ''}.`);
}

/** The manifest must give as many items as the folder had not. */
export async function problemsOfFolder(folder: StorageFolder, images: number): Promise<string[]> {
  const summary = await folder.getSummary();
  return summary.images === images ? [] : [`The folder has ${summary.images} images, not ${images}.`];
}

/** Strict: nothing is probed. */
export async function createIntegration(client: StorageClient): Promise<string> {
  const integration = await client.createCloudIntegration({ title: 'Bench', strictClientOnly: true });
  return integration.integrationUuid;
}
