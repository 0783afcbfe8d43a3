import { once } from 'node:events';
import type { LatchkeyClient } from '@latchkey/sdk/client';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import type { LatchkeyProcess } from '@latchkey/testkit/spawn-latchkey';

/** Of ten units the first fails, the sixth is of the same object as the fifth, and the others are good. */
export function manifestOf(unitCount: number, withFaults: boolean) {
  return {
    skip_duplicate_urls: true,
    images: Array.from({ length: unitCount }, (_, index) => ({
      objectUrl: `https://data.example.com/${index % 10 === 5 ? index - 1 : index}.jpg`,
      title: `unit ${index}`,
      ...(withFaults && index % 10 === 0
        ? {}
        : { imageMetadata: { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 } }),
    })),
  };
}

export async function kill(process: LatchkeyProcess): Promise<void> {
  const exited = once(process.process, 'exit');
  process.process.kill('SIGKILL');
  await exited;
}

/** Everything that a job has left behind, but for its ids: two runs of one manifest must not differ in it. */
export async function traceOf(folder: StorageFolder, jobUuid: string): Promise<object> {
  const job = await folder.addPrivateDataToFolderGetResult(jobUuid, { timeoutSeconds: 0 });
  const units: unknown[] = [];
  for await (const unit of folder.listUnitResults(jobUuid, { pageSize: 1000 })) {
    const { position, outcome, objectUrl, title, error, itemUuid } = unit;
    const ownPosition = itemUuid === null ? null : Number.parseInt(itemUuid.slice(28), 16);
    units.push([position, outcome, objectUrl, title, error?.code, ownPosition]);
  }
  const items: string[] = [];
  for await (const item of folder.listItems({ pageSize: 1000 })) items.push(`${item.name} ${item.url}`);
  const { status, unitsTotalCount, unitsDoneCount, unitsSkippedCount, unitsRenewedCount } = job;
  const { unitsErrorCount, unitsCancelledCount, unitsPendingCount } = job;
  return {
    counts: [unitsTotalCount, unitsDoneCount, unitsSkippedCount, unitsRenewedCount, unitsErrorCount],
    rest: [status, unitsCancelledCount, unitsPendingCount],
    units,
    items: items.sort(),
    summary: (await folder.getSummary()).images,
  };
}

export async function newFolder(client: LatchkeyClient, name: string): Promise<string> {
  return (await client.createStorageFolder(name)).uuid;
}

/** Random and repeatable: a test that fails names its seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
