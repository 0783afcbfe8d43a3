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

test('a closed output is no fault', async () => {
  const command = spawnLatchkey(['--help']);
  command.process.stdout?.destroy();
  expect(await command.ended).toBe(0);
});
