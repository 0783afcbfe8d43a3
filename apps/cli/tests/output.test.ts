import { statSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { OutputClosedError, writerOf } from '../src/output.js';
import { spawnLatchkey } from './spawn-latchkey.js';

test('writing waits until the stream has taken the bytes, and ends when its reader has gone', async () => {
  const stream = new PassThrough();
  const write = writerOf(stream);
  await write('a');
  await write(new TextEncoder().encode('b'));
  expect(String(stream.read())).toBe('ab');
  stream.destroy();
  await expect(write('c')).rejects.toBeInstanceOf(OutputClosedError);
});

test('the build makes the command a program that may be run', () => {
  expect(statSync(new URL('../dist/main.js', import.meta.url)).mode & 0o111).toBe(0o111);
});

test('a closed output is no fault', async () => {
  const command = spawnLatchkey(['--help']);
  command.process.stdout?.destroy();
  expect(await command.ended).toBe(0);
});
