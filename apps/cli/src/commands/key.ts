import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { fileExistsError, fileWriteError } from '../file-write-error.js';
import { addKeyDrop } from './key-drop.js';
import { addKeyList } from './key-list.js';
import { addKeyRotate } from './key-rotate.js';

interface KeyNewOptions {
  readonly out: string;
  readonly comment: string;
}

export function addKeyCommand(program: Command, context: CommandContext): void {
  const key = program
    .command('key')
    .description('the SSH key that signs requests, and the secret keys of a server');
  key
    .command('new')
    .description('make an Ed25519 SSH key pair')
    .option('--out <path>', 'file of the private key; the public one gets ".pub"', defaultPath())
    .option('--comment <text>', 'comment at the end of the public line', `latchkey@${hostname()}`)
    .action((options: KeyNewOptions) => makeKey(options, context));
  addKeyRotate(key, context);
  addKeyList(key, context);
  addKeyDrop(key, context);
}

const defaultPath = () => join(homedir(), '.ssh', 'latchkey');

function makeKey(options: KeyNewOptions, context: CommandContext): void {
  const path = resolve(options.out);
  if (/[\r\n]/.test(options.comment))
    throw new CommandError('invalid_option', 'The comment has more than one line.', 'Give one line.');
  const pair = generateSshKeyPair(options.comment);
  writeNewFiles([
    { path, text: pair.privateKey, mode: 0o600 },
    { path: `${path}.pub`, text: `${pair.publicKey}\n`, mode: 0o644 },
  ]);
  context.print(`Private key: ${path} (only you may read it; keep it so)`);
  context.print(`Public key:  ${path}.pub`);
  context.print(`Fingerprint: ${pair.fingerprint}`);
  context.print(pair.publicKey);
}

interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** Writes all of them or none, and never over a file that exists. */
function writeNewFiles(files: readonly NewFile[]): void {
  const written: string[] = [];
  const existing = files.find((file) => existsSync(file.path));
  if (existing) throw fileExistsError(existing.path);
  for (const { path, text, mode } of files) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, text, { mode, flag: 'wx' });
      written.push(path);
    } catch (error) {
      for (const done of written) rmSync(done);
      throw fileWriteError(path, error as NodeJS.ErrnoException);
    }
  }
}
