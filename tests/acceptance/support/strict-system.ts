import { join } from 'node:path';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import type { ManifestInput } from '@latchkey/sdk/upload-manifest';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Browser, Page } from 'playwright-core';

const admin = { email: 'admin@example.com', password: 'a password of the test' };

export interface StrictSystem {
  readonly latchkey: LatchkeyProcess;
  /** Registers under strict client-only access into one folder; throws unless each unit becomes an item. */
  readonly register: (manifest: ManifestInput) => Promise<void>;
  /** The address of the page of an item, by its title. */
  readonly addressOf: (title: string) => Promise<string>;
  /** A page of its own, signed in, with what its scripts threw. */
  readonly signIn: (browser: Browser) => Promise<{ page: Page; pageErrors: string[] }>;
  readonly close: () => Promise<void>;
}

/** The real server with a strict integration; everything is registered through the API. */
export async function startStrictSystem(directory: string): Promise<StrictSystem> {
  const pair = generateSshKeyPair('test');
  const latchkey = await spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(directory, 'data'),
      LATCHKEY_LOG_LEVEL: 'warn',
      LATCHKEY_ADMIN_EMAIL: admin.email,
      LATCHKEY_ADMIN_PASSWORD: admin.password,
      LATCHKEY_ADMIN_SSH_KEY: pair.publicKey,
    },
  });
  const client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl: latchkey.url });
  const integration = await client.createCloudIntegration({ title: 'Strict', strictClientOnly: true });
  const folder = await client.createStorageFolder('Registered');
  const register = async (manifest: ManifestInput) => {
    const job = await folder.addPrivateDataToFolderStart({
      integrationId: integration.integrationUuid,
      manifest,
      ignoreErrors: false,
    });
    const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
    if (result.status !== 'DONE') throw new Error(`Not registered: ${JSON.stringify(result.unitErrors)}`);
  };
  const addressOf = async (title: string) => {
    for await (const item of folder.listItems({ search: title }))
      if (item.name === title) return `${latchkey.url}/items/${item.uuid}`;
    throw new Error(`No item is called "${title}".`);
  };
  const signIn = async (browser: Browser) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const pageErrors: string[] = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    page.setDefaultTimeout(20_000);
    await page.goto(`${latchkey.url}/sign-in`);
    await page.getByLabel('E-mail address').fill(admin.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
    return { page, pageErrors };
  };
  return { latchkey, register, addressOf, signIn, close: async () => void (await latchkey.stop()) };
}
