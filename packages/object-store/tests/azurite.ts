import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';

/** The account of Azurite, whose key it documents. */
export const account = 'devstoreaccount1';
export const accountKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Azurite {
  /** With the account as path. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Microsoft's emulator of Azure Storage, which verifies signatures; it keeps everything in memory. */
export async function startAzurite(): Promise<Azurite> {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const options = ['--blobPort', '0', '--inMemoryPersistence', '--disableTelemetry'];
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await portOf(child);
  return {
    endpoint: `http://127.0.0.1:${port}/${account}`,
    close: async () => {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
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
