import { open, rename, rm } from 'node:fs/promises';
import { fileWriteError } from './file-write-error.js';

export type Write = (content: string | Uint8Array) => Promise<void>;

/**
 * Writes a file that has its name only once it is whole, and that only its owner may read: it may hold signed URLs.
 * What is not written to its end, or turns out not to be whole, is removed.
 *
 * @throws CommandError `file_unwritable`, and whatever `fill` throws.
 */
export async function writeWhole<Result>(
  path: string,
  fill: (write: Write) => Promise<{ readonly result: Result; readonly isWhole: boolean }>,
): Promise<Result> {
  const partial = `${path}.incomplete`;
  const refuse = (error: NodeJS.ErrnoException): never => {
    throw fileWriteError(path, error);
  };
  const file = await open(partial, 'w', 0o600).catch(refuse);
  try {
    const { result, isWhole } = await fill((content) => file.appendFile(content).catch(refuse));
    await file.sync();
    await file.close();
    if (isWhole) await rename(partial, path);
    else await rm(partial, { force: true });
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}
