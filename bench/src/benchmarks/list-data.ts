import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTestDatabase } from '@latchkey/db/testing/test-database';
import type { LatchkeyClient } from '@latchkey/sdk/client';
import { createBenchDatabase } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import { createIntegration, problemsOf, register } from '../system/register.js';
import { writeManifest } from '../workload/manifest-file.js';
import type { Workload } from '../workload/units.js';
import type { ListFolders } from './list-cases.js';

export interface ListPlace {
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  /** Where the data is described for the next run; null: it is not kept. */
  readonly stateFile: string | null;
}

export interface ListData {
  readonly large: ListFolders;
  readonly small: ListFolders;
  readonly problems: readonly string[];
}

interface KeptState extends ListData {
  readonly items: number;
  readonly seed: number;
}

const smallItems = 1000;
const videos = 1000;
const neighbours = 10;
const neighbourItems = 100;

/** A place of its own, or with `--reuse` the one of the run before. */
export async function openListDatabase(run: BenchRun): Promise<ListPlace> {
  const { options, directory } = run;
  if (options.reuse === null) {
    const { url } = await createBenchDatabase(run);
    return { dataDirectory: join(directory, 'data'), databaseUrl: url, stateFile: null };
  }
  const kept = resolve(options.reuse, options.databaseUrl === null ? 'pglite' : 'postgres');
  await mkdir(kept, { recursive: true, mode: 0o700 });
  return {
    dataDirectory: join(kept, 'data'),
    databaseUrl: options.databaseUrl === null ? null : await keptDatabase(run, kept, options.databaseUrl),
    stateFile: join(kept, 'lists.json'),
  };
}

/** The directory keeps the name; the database stays on its server until it is dropped by hand. */
async function keptDatabase({ note }: BenchRun, directory: string, adminUrl: string): Promise<string> {
  const file = join(directory, 'database');
  const url = new URL(adminUrl);
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known === null) {
    const created = await createTestDatabase({ engine: 'postgres', adminUrl });
    await created.db.close();
    url.pathname = new URL(created.url ?? adminUrl).pathname;
    await writeFile(file, url.pathname);
  } else url.pathname = known;
  note(`The database ${url.pathname.slice(1)} is kept; drop it when ${directory} goes.`);
  return url.href;
}

/** Registers the data, or finds it from the run before. */
export async function prepareLists(
  run: BenchRun,
  client: LatchkeyClient,
  stateFile: string | null,
): Promise<ListData> {
  const { items, seed } = run.options;
  const kept = stateFile === null ? null : await readFile(stateFile, 'utf8').catch(() => null);
  if (kept !== null) {
    const state = JSON.parse(kept) as KeptState;
    if (state.items === items && state.seed === seed) return state;
    throw new Error(
      `${stateFile} has ${state.items} items of seed ${state.seed}: give those, or another --reuse.`,
    );
  }
  const integration = await createIntegration(client);
  const small = await registerTree(run, client, integration, 'Small', smallItems);
  const large = await registerTree(run, client, integration, 'Large', items);
  const problems = [...small.problems, ...large.problems];
  const data: ListData = { large: large.folders, small: small.folders, problems };
  const state: KeptState = { ...data, items, seed };
  if (stateFile !== null && problems.length === 0) await writeFile(stateFile, JSON.stringify(state));
  return data;
}

/** A folder above a large one with images and a few videos, and ten small ones. */
async function registerTree(
  run: BenchRun,
  client: LatchkeyClient,
  integration: string,
  name: string,
  items: number,
): Promise<{ folders: ListFolders; problems: string[] }> {
  const { note, directory, workload } = run;
  const parent = await client.createStorageFolder(name);
  const problems: string[] = [];
  const fill = async (folderName: string, parts: readonly Pick<Workload, 'kind' | 'items'>[]) => {
    const folder = await client.createStorageFolder(folderName, { parent });
    for (const part of parts) {
      const path = join(directory, 'part.json');
      const manifest = await writeManifest(path, { ...workload, ...part }, { skipDuplicateUrls: true });
      const { job } = await register(folder, integration, manifest);
      problems.push(...problemsOf(folderName, job, { done: part.items, skipped: 0, renewed: 0 }));
    }
    return folder.uuid;
  };
  note(`Registering ${items.toLocaleString('en')} images for the folder "${name}" ...`);
  const few = Math.min(videos, Math.ceil(items / 10));
  const folder = await fill(name, [
    { kind: 'images', items },
    { kind: 'videos', items: few },
  ]);
  for (let number = 1; number <= neighbours; number += 1)
    await fill(`${name} ${number}`, [{ kind: 'images', items: neighbourItems }]);
  return {
    folders: {
      folder,
      images: items,
      videos: few,
      parent: parent.uuid,
      neighbours: Array.from({ length: neighbours }, () => neighbourItems),
    },
    problems,
  };
}
