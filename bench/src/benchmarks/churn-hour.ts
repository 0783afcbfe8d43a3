import { join } from 'node:path';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import type { BenchRun } from '../system/bench-run.js';
import { problemsOf, register } from '../system/register.js';
import type { ServerUnderTest } from '../system/server-under-test.js';
import { writeManifest } from '../workload/manifest-file.js';

export interface ChurnPlace {
  readonly server: ServerUnderTest;
  readonly integration: string;
  /** Stays, and gets some items each hour. */
  readonly kept: StorageFolder;
}

/** An hour leaves them behind. */
export const movedItems = 10;
const deletedItems = 100;
const signIns = 20;
const pageSize = 100;

/**
 * What happens in an hour of a small installation: a manifest is registered and renewed, its list read to the end, items
 * are moved and deleted, people sign in, webhooks are told, the folder goes. Answers what is wrong.
 */
export async function runHour(run: BenchRun, place: ChurnPlace, hour: number): Promise<string[]> {
  const { options, directory, workload } = run;
  const { server, integration, kept } = place;
  const folder = await server.client.createStorageFolder(`Hour ${hour}`);
  const units = { ...workload, seed: options.seed + hour };
  const path = join(directory, 'hour.json');
  const flags = { skipDuplicateUrls: true };
  const first = await register(folder, integration, await writeManifest(path, units, flags));
  // Signed a day later, so that it lives longer.
  const later = new Date(units.signedAt.getTime() + 86_400_000);
  const renewed = { ...units, generation: 1, signedAt: later };
  const second = await register(folder, integration, await writeManifest(path, renewed, flags));
  const uuids: string[] = [];
  for await (const { uuid } of folder.listItems({ pageSize })) uuids.push(uuid);
  const moved = uuids.slice(0, movedItems);
  await folder.moveItemsToFolder(kept, moved);
  await folder.deleteItems(uuids.slice(movedItems, movedItems + deletedItems));
  await server.client.getStorageItems(moved, { signUrl: true });
  for (let count = 0; count < signIns; count += 1) await server.client.getBearerToken();
  await folder.delete({ recursive: true });
  const all = options.items;
  return [
    ...problemsOf(`hour ${hour}, register`, first.job, { done: all, skipped: 0, renewed: 0 }),
    ...problemsOf(`hour ${hour}, renew`, second.job, { done: 0, skipped: all, renewed: all }),
    ...(uuids.length === all ? [] : [`hour ${hour}: the list has ${uuids.length} items, not ${all}.`]),
  ];
}
