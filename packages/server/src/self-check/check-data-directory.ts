import { access, constants, stat, statfs } from 'node:fs/promises';
import { type Finding, failure, ok, warning } from './check-result.js';

const mebibyte = 1024 * 1024;
/** A manifest of a million units takes 600 MB, and the embedded database as much again. */
const leastFree = 2048 * mebibyte;
const othersMayRead = 0o077;

export async function checkDataDirectory(dataDir: string): Promise<Finding> {
  const found = await stat(dataDir).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    if (found.code === 'ENOENT') return ok(`${dataDir} is made at the first start`);
    return failure(`${dataDir} cannot be looked at (${found.code}).`, 'Give it to the user of the server.');
  }
  if (!found.isDirectory())
    return failure(`${dataDir} is no directory.`, 'Set LATCHKEY_DATA_DIR to a directory.');
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return failure(`${dataDir} cannot be written by this user.`, 'Give it to the user of the server.');
  }
  const { bavail, bsize } = await statfs(dataDir);
  const free = Math.floor((bavail * bsize) / mebibyte);
  if (bavail * bsize < leastFree)
    return warning(
      `${dataDir} has ${free} MiB left.`,
      'Manifests wait there, and the embedded database is there: make room, or move it.',
    );
  if ((found.mode & othersMayRead) !== 0)
    return warning(`Other users of this machine may look into ${dataDir}.`, `Run: chmod 700 ${dataDir}`);
  return ok(`${dataDir}, ${free} MiB left`);
}
