import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { startBucket } from '@latchkey/bucket/start-bucket';
import { describe, expect, it } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => null,
  );

describe('latchkey signer', () => {
  it('serves what its settings say until a signal, and passes its own check', async () => {
    const directory = temporaryDirectory();
    await using bucket = await startBucket({
      bucket: 'media',
      directory: join(directory, 'bucket'),
      allowedOrigins: 'any',
      ...credentials,
    });
    await bucket.putObject('a.txt', Buffer.from('hello'), 'text/plain');
    const [port, issuerPort] = [await freePort(), await freePort()];
    const signerUrl = `http://127.0.0.1:${port}/sign`;
    const config = join(directory, 'signer.json');
    const settings = {
      port,
      signerUrl,
      latchkeyUrl: `http://127.0.0.1:${issuerPort}`,
      rules: [{ prefix: 's3://media/', integrations: '*', users: ['*@example.com'], store: 'bucket' }],
      stores: { bucket: { endpoint: bucket.origin, region: 'us-east-1', pathStyle: true } },
    };
    await writeFile(config, JSON.stringify(settings));
    const stop = new AbortController();
    const serving = runLatchkey(['signer', 'serve', '--config', config], {
      environment: {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
      signal: stop.signal,
    });
    await expect.poll(() => answers(`http://127.0.0.1:${port}/health`)).toBe(200);
    const checked = await runLatchkey(
      ['signer', 'check', signerUrl, '--object', 's3://media/a.txt', '--listen', `127.0.0.1:${issuerPort}`],
      {},
    );
    expect(checked.stdout).not.toContain('FAILED');
    expect(checked.stdout).toContain('ok      refuses an expired token');
    expect(checked.exitCode).toBe(0);
    stop.abort();
    const served = await serving;
    expect(served.stderr).toContain(`The signer is ready at ${signerUrl}`);
    const lines = served.stdout.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(expect.objectContaining({ status: 200, signedCount: 1, refusedCount: 0 }));
    expect(served.stdout + served.stderr).not.toMatch(/X-Amz|eyJ|a secret of the test/);
  }, 90_000);

  it('names the setting that is wrong', async () => {
    const directory = temporaryDirectory();
    const config = join(directory, 'wrong.json');
    await writeFile(config, '{ "signerUrl": "signer.example.com" }');
    const run = await runLatchkey(['signer', 'serve', '--config', config]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('"latchkeyUrl" must be a URL');
    const missing = await runLatchkey(['signer', 'serve', '--config', join(directory, 'none.json')]);
    expect(missing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('cannot be read (ENOENT)'),
    });
  });

  it.each([
    [['signer.example.com', '--object', 's3://b/k'], 'The URL of the signer is not an http or https URL.'],
    [['https://s/', '--object', 'b/k'], 'The object is not an object URL (not_a_url).'],
    [['https://s/', '--object', 's3://b/k', '--listen', 'here'], '"here" is not a host and a port.'],
  ])('refuses a check of %j', async (args, message) => {
    const run = await runLatchkey(['signer', 'check', ...args]);
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});
