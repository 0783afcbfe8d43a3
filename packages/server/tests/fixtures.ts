import { readdir } from 'node:fs/promises';
import { createFolder } from '@latchkey/contract/routes/folders';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { getUploadJob, listUnitErrors } from '@latchkey/contract/routes/upload-jobs';
import type { CreateIntegration } from '@latchkey/contract/schemas/integration';
import type { TestJson, TestSystem, TestUser } from '@latchkey/testkit/start-system';

/** Names of the spooled manifests. */
export async function spooled(system: TestSystem): Promise<string[]> {
  return (await readdir(spoolDirectory(system))).sort();
}

export function spoolDirectory({ context }: TestSystem): string {
  const { spool } = context.config;
  if (spool.kind !== 'directory') throw new Error('The test needs a spool in a directory.');
  return spool.directory;
}

export async function newFolder(system: TestSystem, name = 'A folder', parent?: string): Promise<string> {
  const { status, body } = await system.call(createFolder, {
    body: { name, ...(parent === undefined ? {} : { parent }) },
  });
  if (status !== 200) throw new Error(`createFolder answered ${status}`);
  return body.uuid;
}

let integrationNumber = 0;

export async function newIntegration(
  system: TestSystem,
  options: Omit<CreateIntegration, 'title'> = {},
  as: TestUser = system.admin,
): Promise<string> {
  integrationNumber += 1;
  const { status, body } = await system.call(createIntegration, {
    body: { title: `Integration ${integrationNumber}`, ...options },
    as,
  });
  if (status !== 200) throw new Error(`createIntegration answered ${status}`);
  return body.integrationUuid;
}

/** The job as it stands after the drain. */
export async function jobResult(system: TestSystem, folderUuid: string, jobUuid: string): Promise<TestJson> {
  await system.drain();
  return (await system.call(getUploadJob, { params: { folderUuid, jobUuid } })).body;
}

export async function unitErrors(
  system: TestSystem,
  folderUuid: string,
  jobUuid: string,
): Promise<TestJson[]> {
  return (await system.call(listUnitErrors, { params: { folderUuid, jobUuid }, query: { pageSize: 1000 } }))
    .body.results;
}

export const imageMetadata = { mimeType: 'image/jpeg', fileSize: 1000, width: 640, height: 480 };

/** A SigV4 URL of the shape that stores hand out; `expires` seconds after `date` (`21260301T120000Z`). */
export function signedUrl(
  key: string,
  signature = 'ab12',
  date = '21260301T120000Z',
  expires = 604_800,
): string {
  const credential = `AKIAEXAMPLE%2F${date.slice(0, 8)}%2Feu-west-2%2Fs3%2Faws4_request`;
  return `https://acme.s3.eu-west-2.amazonaws.com/${key}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${date}&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
}

export function images(
  count: number,
  from = 0,
): { objectUrl: string; title: string; imageMetadata: typeof imageMetadata }[] {
  return Array.from({ length: count }, (_, index) => ({
    objectUrl: signedUrl(`img/${from + index}.jpg`),
    title: `image ${String(from + index).padStart(6, '0')}`,
    imageMetadata,
  }));
}
