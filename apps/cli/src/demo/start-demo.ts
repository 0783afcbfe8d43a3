import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoMedia } from '@latchkey/bucket/demo-media';
import { demoScene } from '@latchkey/bucket/demo-scene';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { runServer } from '@latchkey/server/run-server';
import { CommandError } from '../command-error.js';
import { register } from '../commands/register.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { findWebRoot } from '../web-root.js';
import { loopback } from './choose-port.js';
import { registerDemoGroups } from './demo-groups.js';
import { type BucketKey, demoManifest } from './demo-manifest.js';

export interface DemoOptions {
  readonly directory: string;
  readonly port: number;
  readonly bucketPort: number;
}

export interface DemoBucket {
  readonly bucket: Bucket;
  readonly manifestPath: string;
}

export interface DemoServer {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly sshKeyFile: string;
  /** Settles when the context's signal has stopped the server. */
  readonly closed: Promise<void>;
}

const email = 'demo@example.com';
const folderName = 'Demo';
const integrationTitle = 'Demo bucket';
const secret = (bytes: number) => randomBytes(bytes).toString('base64url');

/** A bucket with the demo's media and their signed manifest in the directory. */
export async function startDemoBucket(
  options: DemoOptions,
): Promise<{ bucket: Bucket; manifestPath: string }> {
  const key: BucketKey = { accessKeyId: 'DEMOKEY', secretAccessKey: secret(30) };
  const directory = join(options.directory, 'bucket');
  mkdirSync(directory);
  const bucket = await startBucket({
    host: loopback,
    port: options.bucketPort,
    bucket: 'demo',
    directory,
    ...key,
    allowedOrigins: [`http://${loopback}:${options.port}`, `http://localhost:${options.port}`],
  });
  const objects = demoMedia();
  const scene = demoScene();
  for (const { key: name, filePath, contentType } of [...objects, ...scene.files])
    await bucket.putObject(name, filePath, contentType);
  const manifestPath = join(options.directory, 'manifest.json');
  writeFileSync(manifestPath, JSON.stringify(demoManifest(objects, scene, bucket, key), null, 2), {
    mode: 0o600,
  });
  return { bucket, manifestPath };
}

/** Starts the server. The environment of the process is left out: a demo must not touch anyone's database. */
export async function startDemoServer(options: DemoOptions, context: CommandContext): Promise<DemoServer> {
  const password = secret(12);
  const keyPair = generateSshKeyPair(email);
  const sshKeyFile = join(options.directory, 'ssh-key');
  writeFileSync(sshKeyFile, keyPair.privateKey, { mode: 0o600 });
  const { url, closed } = await runServer({
    environment: {
      LATCHKEY_HOST: loopback,
      LATCHKEY_PORT: String(options.port),
      LATCHKEY_DATA_DIR: join(options.directory, 'data'),
      LATCHKEY_LOG_LEVEL: context.environment['LATCHKEY_LOG_LEVEL'] ?? 'warn',
      LATCHKEY_ADMIN_EMAIL: email,
      LATCHKEY_ADMIN_SSH_KEY: keyPair.publicKey,
      LATCHKEY_ADMIN_PASSWORD: password,
    },
    webRoot: findWebRoot(context),
    print: () => {},
    signal: context.signal,
  });
  return { url, email, password, sshKeyFile, closed };
}

/** Creates a strict integration for the bucket, registers the manifest as `latchkey register` does, and groups its items. */
export async function registerDemo(
  { bucket, manifestPath }: DemoBucket,
  { url, sshKeyFile }: DemoServer,
  context: CommandContext,
): Promise<void> {
  const client = LatchkeyClient.createWithSshPrivateKey({ path: sshKeyFile }, { baseUrl: url });
  const { integrationUuid } = await client.createCloudIntegration({
    title: integrationTitle,
    strictClientOnly: true,
    allowedHosts: [new URL(bucket.origin).host],
  });
  const options = {
    url,
    sshKeyFile,
    folder: folderName,
    integration: integrationTitle,
    createFolder: true,
    ignoreErrors: false,
    json: false,
    wait: true,
  };
  const exitCode = await register(manifestPath, options, context);
  if (exitCode !== exitCodes.success)
    throw new CommandError('demo_failed', 'The manifest of the demo was not registered.', 'See above.');
  await registerDemoGroups(client, folderName, integrationUuid);
}
