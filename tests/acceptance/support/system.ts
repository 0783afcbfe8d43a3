import { join } from 'node:path';
import type { Gateway } from '@latchkey/contract/schemas/integration';
import type { Item } from '@latchkey/contract/schemas/item';
import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import type { ManifestInput } from '@latchkey/sdk/upload-manifest';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Browser, Page } from 'playwright-core';

const admin = { email: 'admin@example.com', password: 'a password of the test' };

export interface System {
  readonly latchkey: LatchkeyProcess;
  /** That into which everything is registered. */
  readonly folder: StorageFolder;
  /** Throws unless each unit becomes an item, or is one already. */
  readonly register: (manifest: ManifestInput) => Promise<UploadJobResult>;
  /** An item by its title. */
  readonly itemOf: (title: string) => Promise<Item>;
  /** The address of the page of an item, by its title. */
  readonly addressOf: (title: string) => Promise<string>;
  /** A page of its own, signed in at this address of the server or its own, with what its scripts threw. */
  readonly signIn: (browser: Browser, url?: string) => Promise<{ page: Page; pageErrors: string[] }>;
  readonly close: () => Promise<void>;
}

interface SystemOptions {
  readonly strictClientOnly: boolean;
  readonly gateways?: readonly Gateway[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real server with one integration; everything is registered through the API. */
export async function startSystem(
  directory: string,
  { strictClientOnly, gateways = [], environment = {} }: SystemOptions,
): Promise<System> {
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
      ...environment,
    },
  });
  const client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl: latchkey.url });
  const title = strictClientOnly ? 'Strict' : 'Measuring';
  const integration = await client.createCloudIntegration({
    title,
    strictClientOnly,
    gateways: [...gateways],
  });
  const folder = await client.createStorageFolder('Registered');
  const register = async (manifest: ManifestInput) => {
    const job = await folder.addPrivateDataToFolderStart({
      integrationId: integration.integrationUuid,
      manifest,
      ignoreErrors: false,
    });
    const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
    if (result.status !== 'DONE') throw new Error(`Not registered: ${JSON.stringify(result.unitErrors)}`);
    return result;
  };
  const itemOf = async (title: string) => {
    for await (const item of folder.listItems({ search: title })) if (item.name === title) return item;
    throw new Error(`No item is called "${title}".`);
  };
  const addressOf = async (title: string) => `${latchkey.url}/items/${(await itemOf(title)).uuid}`;
  const signIn = async (browser: Browser, url = latchkey.url) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const pageErrors: string[] = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    page.setDefaultTimeout(20_000);
    await page.goto(`${url}/sign-in`);
    await page.getByLabel('E-mail address').fill(admin.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
    return { page, pageErrors };
  };
  return {
    latchkey,
    folder,
    register,
    itemOf,
    addressOf,
    signIn,
    close: async () => void (await latchkey.stop()),
  };
}
