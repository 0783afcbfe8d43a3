import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

/** The options that every command on an upload job takes. */
export interface JobTarget extends ServerOptions {
  readonly folder: string;
}

export function addJobAction<Options extends JobTarget>(
  parent: Command,
  name: string,
  description: string,
  action: (jobUuid: string, options: Options) => Promise<void>,
): Command {
  const command = parent
    .command(name)
    .description(description)
    .argument('<job>', 'UUID of the job')
    .requiredOption('--folder <uuid>', 'UUID of its folder');
  return withServerOptions(command).action(action);
}

export const folderOf = (options: JobTarget, context: CommandContext): Promise<StorageFolder> =>
  clientOf(options, context).getStorageFolder(options.folder);
