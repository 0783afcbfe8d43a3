import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createAzurePresigner } from '@latchkey/locator/presign/azure-presigner';

/** The account of Azurite, whose key it documents. */
export const account = 'devstoreaccount1';
export const accountKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Azurite {
  /** With the account as path. */
  readonly endpoint: string;
  createContainer(container: string): Promise<void>;
  /** Creates or replaces a blob. */
  putBlob(container: string, name: string, text: string): Promise<void>;
  /** @returns the moment that names the snapshot */
  snapshotBlob(container: string, name: string): Promise<string>;
  close(): Promise<void>;
}

/** Microsoft's emulator of Azure Storage, which verifies signatures; it keeps everything in memory. */
export async function startAzurite(): Promise<Azurite> {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const options = ['--blobPort', '0', '--inMemoryPersistence', '--disableTelemetry'];
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await portOf(child);
  const endpoint = `http://127.0.0.1:${port}/${account}`;
  const blobUrl = (container: string, name: string) =>
    createAzurePresigner({ account, container, endpoint, accountKey, now: Date.now })(name, {
      expiresInSeconds: 60,
      method: 'PUT',
    });
  return {
    endpoint,
    createContainer: async (container) => {
      await put(`${endpoint}/${container}?restype=container&${accountSas()}`);
    },
    putBlob: async (container, name, text) => {
      await put(blobUrl(container, name), text, { 'x-ms-blob-type': 'BlockBlob' });
    },
    snapshotBlob: async (container, name) =>
      (await put(`${blobUrl(container, name)}&comp=snapshot`)).headers.get('x-ms-snapshot') ?? '',
    close: async () => {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Only an account SAS or a signed header may make a container; this is the account SAS of the documentation. */
function accountSas(): string {
  const se = `${new Date(Date.now() + 60_000).toISOString().slice(0, 19)}Z`;
  const text = `${[account, 'c', 'b', 'c', '', se, '', '', '2018-11-09'].join('\n')}\n`;
  const sig = createHmac('sha256', Buffer.from(accountKey, 'base64')).update(text).digest('base64');
  return new URLSearchParams({ sv: '2018-11-09', ss: 'b', srt: 'c', sp: 'c', se, sig }).toString();
}

async function put(url: string, body = '', headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(url, { method: 'PUT', headers, body });
  if (answer.status === 201) return answer;
  throw new Error(`Azurite answered ${answer.status}: ${await answer.text()}`);
}

async function portOf(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    // Read to its end: its log would fill the pipe.
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
      const port = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.once('close', () => reject(new Error(`Azurite did not start:\n${output}`)));
  });
}
