import { execFile } from 'node:child_process';
import { readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LatchkeyError } from '@latchkey/contract/errors';
import { describe, expect, it } from 'vitest';
import { openDirectorySpool } from '../src/directory-spool.js';
import { SpoolMissingError } from '../src/spool.js';
import { directoryPlace, inChunks, newKey, temporaryDirectory } from './places.js';

const BYTES = Buffer.alloc(200_000, 'manifest');
const SCRIPT = fileURLToPath(new URL('write-zeros.mjs', import.meta.url));
const unavailable = expect.objectContaining({ code: 'spool_unavailable' });

describe('a spool in a directory', () => {
  it('lets nobody else read it', async () => {
    const { directory, spool } = await directoryPlace();
    const key = newKey();
    await spool.write(key, inChunks(BYTES, [1000]));

    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, key))).mode & 0o777).toBe(0o600);
  });

  it('knows a manifest only when it is written to its end', async () => {
    const { directory, spool } = await directoryPlace();
    const key = newKey();
    let namesMeanwhile: string[] = [];
    async function* watched(): AsyncGenerator<Buffer> {
      yield BYTES;
      namesMeanwhile = await readdir(directory);
      await expect(spool.read(key, 0, 1)).rejects.toThrow(SpoolMissingError);
      yield BYTES;
    }
    await spool.write(key, watched());

    expect(namesMeanwhile).toEqual([`${key}.part`]);
    expect(await readdir(directory)).toEqual([key]);
  });

  it('removes what a process that was killed left behind', async () => {
    const { directory, spool } = await directoryPlace();
    const key = newKey();
    await writeFile(join(directory, `${key}.part`), BYTES);

    await spool.remove(key);

    expect(await readdir(directory)).toEqual([]);
  });

  it('is unavailable, and no manifest missing, while its directory is gone', async () => {
    const { directory, spool } = await directoryPlace();
    const key = newKey();
    await spool.write(key, inChunks(BYTES, [1000]));
    await rename(directory, `${directory}-away`);

    await expect(spool.read(key, 0, 1)).rejects.toEqual(unavailable);
    await expect(spool.write(newKey(), inChunks(BYTES, [1000]))).rejects.toEqual(unavailable);
    await expect(spool.check()).rejects.toEqual(unavailable);

    await rename(`${directory}-away`, directory);
    expect(await spool.read(key, 0, 8)).toEqual(Buffer.from('manifest'));
  });

  it('cannot be where a file is, and does not tell the path', async () => {
    const path = join(await temporaryDirectory(), 'file');
    await writeFile(path, '');

    const error: unknown = await openDirectorySpool(path).catch((reason: unknown) => reason);

    expect(error).toEqual(unavailable);
    expect(error instanceof LatchkeyError && error.message).not.toContain(path);
  });

  it('opens a directory that is there', async () => {
    const { directory, spool } = await directoryPlace();
    const key = newKey();
    await spool.write(key, inChunks(BYTES, [1000]));

    const again = await openDirectorySpool(directory);

    expect(await again.read(key, 8, 16)).toEqual(Buffer.from('manifest'));
  });
});

describe('a spool on a disk without room', () => {
  it('says so and keeps no part of the manifest', async () => {
    const directory = join(await temporaryDirectory(), 'spool');
    // The limit on the size of files gives EFBIG, in the middle of a write, as a full disk gives ENOSPC.
    const limited = `trap "" XFSZ; ulimit -f 64; exec "$0" "$@"`;

    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      limited,
      process.execPath,
      SCRIPT,
      directory,
      newKey(),
    ]);

    expect(stdout.split('\n')[0]).toMatch(/^spool_full: There is no room left in the spool/);
    expect(stdout.split('\n')[1]).toBe('done');
    expect(stdout).not.toContain(directory);
    expect(await readdir(directory)).toEqual([]);
  });
});
