import type { ChildProcess } from 'node:child_process';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Cleanup } from './cleanup.js';

export interface ServerOptions {
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  readonly role?: 'all' | 'api';
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ServerUnderTest {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly url: string;
  /** Signs in with a token: a key would have the whole manifest hashed before its first byte is sent. */
  readonly client: LatchkeyClient;
  stop(): Promise<void>;
}

/** The real server in a process of its own, with an administrator. */
export async function startServer(cleanup: Cleanup, options: ServerOptions): Promise<ServerUnderTest> {
  const keys = generateSshKeyPair('bench');
  const server = await spawnLatchkey({
    command: ['serve'],
    nodeArguments: options.nodeArguments ?? [],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: options.dataDirectory,
      LATCHKEY_ADMIN_EMAIL: 'bench@example.com',
      LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
      LATCHKEY_LOG_LEVEL: 'warn',
      // What is measured is how much the server can do, not how much one user may ask for.
      LATCHKEY_USER_REQUESTS_PER_SECOND: 'off',
      LATCHKEY_ROLE: options.role ?? 'all',
      ...(options.databaseUrl !== null && { DATABASE_URL: options.databaseUrl }),
      ...options.environment,
    },
  });
  const stop = cleanup.defer(async () => {
    const code = await server.stop();
    if (code !== 0) throw new Error(`The server ended with ${code}:\n${server.output()}`);
  });
  const signer = LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });
  const client = LatchkeyClient.createWithBearerToken(await signer.getBearerToken(), { baseUrl: server.url });
  return { process: server.process, pid: server.process.pid ?? 0, url: server.url, client, stop };
}
