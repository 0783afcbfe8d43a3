import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { Download } from '@latchkey/sdk/downloads';
import type { CommandContext } from './context.js';
import { fileExistsError, fileWriteError } from './file-write-error.js';

/** Without a path to standard output; else to a new file that only its owner may read: it may hold signed URLs. */
export async function writeDownload(
  { content }: Download,
  path: string | undefined,
  context: CommandContext,
): Promise<void> {
  if (path === undefined) for await (const chunk of content) await context.write(chunk);
  else await writeNewFile(path, content);
}

/** A file that is not written to its end is removed. */
async function writeNewFile(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw fileWriteError(path, error);
  });
  try {
    for await (const chunk of content)
      await file.appendFile(chunk).catch((error: NodeJS.ErrnoException) => {
        throw fileWriteError(path, error);
      });
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * To be called before anything is asked of the server.
 *
 * @throws CommandError `file_exists`.
 */
export function checkIsNewFile(path: string | undefined): void {
  if (path !== undefined && existsSync(path)) throw fileExistsError(path);
}
