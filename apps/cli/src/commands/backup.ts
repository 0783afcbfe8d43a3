import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';

const help = `
The settings are those of the server: DATABASE_URL or LATCHKEY_DATA_DIR, LATCHKEY_SECRET_KEY, LATCHKEY_SPOOL_URL.
PostgreSQL is saved while it is in use, by pg_dump, which has to be installed here. The embedded database is saved while
no server uses it. docs/backup.md says how to restore.`;

export function addBackupCommand(program: Command, context: CommandContext): void {
  const backup = program
    .command('backup')
    .description('save and restore database, secret key and waiting manifests')
    .addHelpText('after', help);
  backup
    .command('create')
    .description('save everything to a new directory')
    .argument('<directory>', 'directory that is made; only its owner may read it')
    .option('--without-key', 'leave the secret key out, if you keep it elsewhere', false)
    .action((directory: string, options: { withoutKey: boolean }) => create(directory, options, context));
  backup
    .command('verify')
    .description('compare every file of a backup with what was written')
    .argument('<directory>', 'a backup')
    .action((directory: string) => verify(directory, context));
  backup
    .command('restore')
    .description('put a backup into an empty database or data directory')
    .argument('<directory>', 'a backup')
    .action((directory: string) => restore(directory, context));
}

async function create(
  given: string,
  { withoutKey }: { withoutKey: boolean },
  context: CommandContext,
): Promise<void> {
  const { createBackup } = await import('@latchkey/server/backup/create-backup');
  const directory = resolve(given);
  const content = await createBackup({
    environment: context.environment,
    directory,
    withKey: !withoutKey,
  });
  const bytes = Object.values(content.files).reduce((sum, file) => sum + file.bytes, 0);
  context.print(`Saved ${Object.keys(content.files).length} files, ${bytes} bytes, to ${directory}.`);
  if (!content.hasSpool)
    context.print('Manifests that wait in the bucket of LATCHKEY_SPOOL_URL are not part of it.');
  context.print(
    content.hasKey
      ? 'It holds the secret key: whoever reads it reads every signed URL. Keep it as you keep a password.'
      : 'The secret key is not part of it. Without the key its signatures cannot be read.',
  );
}

async function verify(given: string, context: CommandContext): Promise<void> {
  const { readBackup } = await import('@latchkey/server/backup/backup-content');
  const { createdAt, latchkeyVersion, engine, files } = await readBackup(resolve(given));
  context.print(
    `Sound: ${Object.keys(files).length} files of ${engine}, saved at ${createdAt} by Latchkey ${latchkeyVersion}.`,
  );
}

async function restore(given: string, context: CommandContext): Promise<void> {
  const { restoreBackup } = await import('@latchkey/server/backup/restore-backup');
  const { createdAt } = await restoreBackup(context.environment, resolve(given));
  context.print(`Restored what was saved at ${createdAt}. Start the server with the same settings.`);
}
