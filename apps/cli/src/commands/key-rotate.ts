import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';

interface RotateOptions {
  readonly dataDir?: string;
}

const help = `
The new key goes into the first line of the file secret.key in the data directory; the others stay below it. A running
server takes it within seconds: it seals with the new key at once, and seals again what the others have sealed beside
its other work. "latchkey key list" tells how far it is, and "latchkey key drop" removes a key that is used no more.

Where the server has LATCHKEY_SECRET_KEY, this prints a new key and what to set.`;

export function addKeyRotate(key: Command, context: CommandContext): void {
  key
    .command('rotate')
    .description('replace the secret key that seals signatures')
    .option('--data-dir <path>', 'data directory of the server (LATCHKEY_DATA_DIR, else ./latchkey-data)')
    .addHelpText('after', help)
    .action((options: RotateOptions) => rotate(options, context));
}

/** The directory that holds the secret keys of the server on this machine. */
export const dataDirOf = ({ dataDir }: RotateOptions, { environment }: CommandContext): string =>
  resolve(dataDir ?? environment['LATCHKEY_DATA_DIR'] ?? './latchkey-data');

async function rotate(options: RotateOptions, context: CommandContext): Promise<void> {
  const { readSecretKeys, usesKeyFile } = await import('@latchkey/server/config/secret-keys');
  const { newSecretKey, readKeyLines, secretKeyPath, writeKeyLines } = await import(
    '@latchkey/server/config/secret-key-file'
  );
  if (!usesKeyFile(context.environment)) return printSettings(newSecretKey(), context);
  const dataDir = dataDirOf(options, context);
  const path = secretKeyPath(dataDir);
  if (readKeyLines(path).length === 0)
    throw new CommandError(
      'file_unreadable',
      `There is no secret key at ${path}.`,
      'Give the data directory of the server with --data-dir; it makes its first key when it starts.',
    );
  // A file that the server could not read is not written to.
  readSecretKeys({}, dataDir);
  writeKeyLines(path, [newSecretKey(), ...readKeyLines(path)]);
  const [current, ...others] = await keyIds(readSecretKeys({}, dataDir));
  context.print(
    `Secret key ${current} seals from now on; ${others.join(', ')} still opens what it has sealed.`,
  );
  context.print(`Keep a copy of ${path}: without it the signatures in the database are lost.`);
  context.print('A running server takes it within seconds; "latchkey key list" tells how far it is.');
}

async function keyIds(keys: readonly import('node:crypto').KeyObject[]): Promise<string[]> {
  const { toSealKey } = await import('@latchkey/server/access/secret-keys');
  return keys.map((each) => toSealKey(each).id.toString('hex'));
}

function printSettings(newKey: string, { print }: CommandContext): void {
  print('The key of this server is a setting. With one process, restart it with:');
  print(`  LATCHKEY_SECRET_KEY=${newKey}`);
  print('  LATCHKEY_PREVIOUS_SECRET_KEYS=<the value of LATCHKEY_SECRET_KEY until now>');
  print('With several processes, first restart each of them with the new key in');
  print('LATCHKEY_PREVIOUS_SECRET_KEYS, so that all can open what it seals; then as above.');
  print('"latchkey key list" tells when the former key can be dropped.');
}
