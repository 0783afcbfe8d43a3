import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';
import { dataDirOf } from './key-rotate.js';

interface DropOptions extends ServerOptions {
  readonly dataDir?: string;
}

export function addKeyDrop(key: Command, context: CommandContext): void {
  withServerOptions(
    key
      .command('drop')
      .argument('<id>', 'id of the secret key, from "latchkey key list"')
      .description('remove a secret key that is used no more; asks the server first (organisation admins)'),
  )
    .option('--data-dir <path>', 'data directory of the server (LATCHKEY_DATA_DIR, else ./latchkey-data)')
    .action((id: string, options: DropOptions) => drop(id, options, context));
}

async function drop(id: string, options: DropOptions, context: CommandContext): Promise<void> {
  const { result } = await clientOf(options, context).listSecretKeys();
  const found = result.find((each) => each.id === id);
  if (!found)
    throw refusal(
      `The server knows no secret key "${id}".`,
      `It knows ${result.map((each) => each.id).join(', ')}.`,
    );
  if (found.state !== 'unused')
    throw refusal(
      `The secret key ${id} is still needed.`,
      'Wait until "latchkey key list" says that it is not: without it signatures would be lost.',
    );
  const { parseSecretKey, usesKeyFile } = await import('@latchkey/server/config/secret-keys');
  if (!usesKeyFile(context.environment)) {
    context.print(`Nothing is sealed with ${id} any more. Take it out of LATCHKEY_PREVIOUS_SECRET_KEYS.`);
    return;
  }
  const { readKeyLines, secretKeyPath, writeKeyLines } = await import(
    '@latchkey/server/config/secret-key-file'
  );
  const { toSealKey } = await import('@latchkey/server/access/secret-keys');
  const path = secretKeyPath(dataDirOf(options, context));
  const lines = readKeyLines(path);
  const kept = lines.filter(
    (line) => toSealKey(parseSecretKey(line, `Each line of ${path}`)).id.toString('hex') !== id,
  );
  if (kept.length === lines.length || kept.length === 0)
    throw refusal(
      `The file ${path} has no secret key ${id} that can be dropped.`,
      'Give the data directory of the server with --data-dir.',
    );
  writeKeyLines(path, kept);
  context.print(`Secret key ${id} is dropped from ${path}. Backups from before still need it.`);
}

const refusal = (message: string, hint: string): CommandError =>
  new CommandError('invalid_option', message, hint);
