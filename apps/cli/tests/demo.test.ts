import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { demoElements } from '@latchkey/bucket/demo-elements';
import { demoMedia } from '@latchkey/bucket/demo-media';
import { demoScene } from '@latchkey/bucket/demo-scene';
import { signIn } from '@latchkey/contract/routes/session';
import { createTransport } from '@latchkey/sdk/transport';
import { expect, onTestFinished, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { spawnLatchkey } from './spawn-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

test('registers real media under strict access, serves it, and leaves nothing behind', async () => {
  const temporary = temporaryDirectory();
  const demo = spawnLatchkey(['demo', '--port', '0', '--bucket-port', '0'], { TMPDIR: temporary });
  await demo.printed(/Ctrl-C stops the demo/);
  const found = (pattern: RegExp) => pattern.exec(demo.output())?.[1] ?? '';
  const count = Object.values(demoElements(demoMedia(), demoScene(), (key) => key)).flat().length;
  expect(demo.output()).toMatch(new RegExp(`registered +${count}\\n +failed +0\\n`));

  const transport = createTransport({ baseUrl: found(/^Latchkey is ready at (\S+)$/m) });
  const body = { email: found(/E-mail +(\S+)/), password: found(/Password +(\S+)/) };
  expect(await transport.call(signIn, { body })).toMatchObject({ user: { email: body.email } });

  const manifestPath = found(/Manifest +(\S+)/);
  expect(manifestPath.startsWith(temporary)).toBe(true);
  expect(await runLatchkey(['check', manifestPath, '--strict'])).toMatchObject({ exitCode: 0 });
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as { images: { objectUrl: string }[] };
  const media = await fetch(manifest.images[0]?.objectUrl ?? '', {
    headers: { 'user-agent': 'Mozilla/5.0' },
  });
  expect(media.status).toBe(200);
  await media.arrayBuffer();

  // Below npm, one Ctrl-C arrives twice.
  demo.process.kill('SIGINT');
  demo.process.kill('SIGINT');
  expect(await demo.ended).toBe(0);
  expect(demo.output()).toContain("The bucket's bytes were asked for by: browser 1, server 0.");
  expect(readdirSync(temporary)).toEqual([]);
});

test('takes other ports where its own are taken, and keeps its directory with --keep', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const port = String((other.address() as AddressInfo).port);
  const temporary = temporaryDirectory();
  const args = ['demo', '--port', port, '--bucket-port', '0', '--keep'];
  const demo = spawnLatchkey(args, { TMPDIR: temporary });
  await demo.printed(/Ctrl-C stops the demo/);
  expect(demo.output()).toContain(`Port ${port} of the server is taken by another program; using `);
  demo.process.kill('SIGTERM');
  expect(await demo.ended).toBe(0);
  const manifestPath = /Manifest +(\S+)/.exec(demo.output())?.[1] ?? '';
  expect(existsSync(manifestPath)).toBe(true);
  expect(demo.output()).toContain(`Kept: ${dirname(manifestPath)}`);
});

test('leaves nothing behind when it is interrupted while it starts', async () => {
  const temporary = temporaryDirectory();
  const demo = spawnLatchkey(['demo', '--port', '0', '--bucket-port', '0'], { TMPDIR: temporary });
  await expect.poll(() => readdirSync(temporary).length, { timeout: 20_000 }).toBe(1);
  demo.process.kill('SIGINT');
  expect(await demo.ended).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
});
