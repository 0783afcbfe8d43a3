import { fileURLToPath } from 'node:url';
import { runCommand } from './command.js';

export interface FileFloor {
  readonly bytes: number;
  readonly seconds: number;
  /** Of a scan. */
  readonly units: number | null;
}

const program = fileURLToPath(new URL('./scan-process.js', import.meta.url));

/** Reads the file in a process of its own, and scans it there for the elements of the manifest. */
export async function measureFile(work: 'scan' | 'read', path: string): Promise<FileFloor> {
  return JSON.parse(await runCommand(process.execPath, [program, work, path])) as FileFloor;
}
