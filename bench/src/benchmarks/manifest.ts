import { stat } from 'node:fs/promises';
import type { Options } from '../options.js';
import { workloadOf } from '../system/bench-run.js';
import { writeManifest } from '../workload/manifest-file.js';

/** Writes the workload to a file, to be tried by other means. */
export async function runManifest(options: Options, note: (line: string) => void): Promise<void> {
  const path = options.out ?? 'manifest.json';
  if (await stat(path).catch(() => null))
    throw new Error(`${path} is there already: remove it or name another file.`);
  const workload = { ...workloadOf(options), generation: options.resigned ? 1 : 0 };
  const { bytes, units } = await writeManifest(path, workload, { skipDuplicateUrls: true });
  note(`${path}: ${units} units, ${bytes} bytes.`);
}
