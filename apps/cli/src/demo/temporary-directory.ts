import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory {
  readonly path: string;
  readonly remove: () => void;
  readonly keep: () => void;
}

/** A directory that is removed at the latest when the process ends, however it ends short of SIGKILL. */
export function createTemporaryDirectory(prefix: string, process: NodeJS.Process): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const keep = () => void process.off('exit', remove);
  const remove = () => {
    keep();
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  process.on('exit', remove);
  return { path, remove, keep };
}
