import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

let directory: string;
let system: StrictSystem;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-accessibility-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  const imageMetadata = { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 };
  const images = Array.from({ length: 30 }, (_, index) => ({
    objectUrl: `https://data.example.com/${index}.jpg`,
    title: `image ${index}`,
    imageMetadata,
  }));
  await system.register({ images });
  ({ page } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name: string) => page.getByRole('link', { name, exact: true });

/** Looks at the screen that is open, in light and dark. */
async function expectAccessible(name: string): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  await keepScreenshot(page, `screen-${name}`);
}

async function openFolder(): Promise<void> {
  await page.goto(`${system.latchkey.url}/folders`);
  await page.getByRole('grid').getByRole('link', { name: 'Registered', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
}

/** How to open each screen. */
const screens: Readonly<Record<string, () => Promise<unknown>>> = {
  'all folders': async () => {
    await page.goto(`${system.latchkey.url}/folders`);
    await page.getByRole('grid').getByRole('link', { name: 'Registered', exact: true }).waitFor();
  },
  'new folder': async () => {
    await button('New folder').first().click();
    await page.getByRole('dialog').getByLabel('Name').waitFor();
  },
  'a folder': async () => {
    await openFolder();
    await link('image 0').waitFor();
  },
  'selected items': () => page.getByRole('checkbox', { name: /image 0/ }).check(),
  upload: async () => {
    await openFolder();
    await button(/Upload files/).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Import from cloud data').first().click();
    await dialog.getByLabel('Ignore individual file errors').waitFor();
  },
  'an upload with failed files': async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ignore individual file errors').check();
    const chooser = page.waitForEvent('filechooser');
    await button(/Add JSON or CSV files/).click();
    const manifest = { images: [{ objectUrl: 'https://data.example.com/new.jpg', title: 'no metadata' }] };
    const buffer = Buffer.from(JSON.stringify(manifest));
    await (await chooser).setFiles({ name: 'manifest.json', mimeType: 'application/json', buffer });
    await dialog.getByText('manifest.json').first().waitFor();
    await dialog.getByRole('button', { name: /^Import/ }).click();
    await dialog.getByRole('link', { name: 'All files of this import' }).waitFor();
  },
  'an import': async () => {
    await link('All files of this import').click();
    await page.getByRole('table', { name: 'Files of the manifest' }).getByText('no metadata').waitFor();
  },
  notifications: async () => {
    await button(/notification/i).click();
    await page.getByText('manifest.json').first().waitFor();
  },
  integrations: async () => {
    await page.goto(`${system.latchkey.url}/integrations`);
    await page.getByRole('row', { name: /Strict/ }).waitFor();
  },
  'a new integration': async () => {
    await button('Add integration').first().click();
    await page.getByRole('dialog').getByText('Direct Access').first().click();
    await page.getByRole('dialog').getByLabel('Title').waitFor();
  },
  users: async () => {
    await page.goto(`${system.latchkey.url}/users`);
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.getByRole('cell', { name: 'admin@example.com' }).first().waitFor();
  },
  'no groups': async () => {
    await link('Groups').click();
    await page.getByText('No groups yet').waitFor();
  },
  'a new group': async () => {
    await button('New group').click();
    await page.getByRole('dialog').getByLabel('Name').fill('Radiology');
    await page.getByRole('dialog').getByLabel('Description').fill('Reads the scans of the second trial');
  },
  groups: async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('table', { name: 'Groups' }).getByText('Radiology').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },
  'members of a group': async () => {
    await button('Actions for Radiology').click();
    await page.getByRole('menuitem', { name: 'Members' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nobody is in the group yet.').waitFor();
    await dialog.getByLabel('Users').first().fill('admin@');
    await page.getByRole('option', { name: /admin@example.com/ }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('table', { name: 'Members' }).getByText('admin@example.com').waitFor();
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
  },
  'a group to delete': async () => {
    await button('Close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button('Actions for Radiology').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('1 user is in the group.').waitFor();
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
  },
  'the audit log': async () => {
    await page.goto(`${system.latchkey.url}/audit-log`);
    await page.getByRole('table', { name: 'Audit log' }).getByText('folder.create').waitFor();
  },
  'a verified audit log': async () => {
    await button('Verify').click();
    await page.getByRole('dialog').getByText('It is whole').waitFor();
  },
  'no metadata schema': async () => {
    await page.goto(`${system.latchkey.url}/metadata-schema`);
    await page.getByText('No keys yet').waitFor();
  },
  'a new key of the metadata schema': async () => {
    await button('Add key').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Key' }).fill('video.weather');
    await dialog.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'One of a list' }).click();
    await dialog.getByLabel('Allowed values').fill('rain');
    await page.keyboard.press('Enter');
  },
  'the metadata schema': async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('row', { name: /video\.weather.*One of a list.*rain/ }).waitFor();
  },
  'no webhooks': async () => {
    await page.goto(`${system.latchkey.url}/webhooks`);
    await page.getByText('No webhooks yet').waitFor();
  },
  'a new webhook': async () => {
    await button('Add webhook').click();
    await page.getByRole('dialog').getByLabel('URL').fill('https://localhost:8443/x');
  },
  'its secret': async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Add webhook' }).click();
    expect(await page.getByRole('dialog').getByLabel('Secret').inputValue()).toMatch(/^whsec_/);
  },
  webhooks: async () => {
    await button('Done').click();
    await page.getByRole('table', { name: 'Webhooks' }).getByText('https://localhost:8443/x').waitFor();
  },
  'a test that is not taken': async () => {
    await button('Actions for https://localhost:8443/x').click();
    await page.getByRole('menuitem', { name: 'Send a test' }).click();
    await button('Send test').click();
    await page
      .getByRole('dialog')
      .getByText(/private, local or reserved/)
      .waitFor();
  },
  deliveries: async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('table', { name: 'Webhooks' }).getByRole('link').click();
    const table = page.getByRole('table', { name: 'Deliveries' });
    await table.getByText('Failed').waitFor();
    await button('Send again').click();
    await table.getByText('Waiting').or(table.getByText('Failed')).waitFor();
    await button('Show').click();
    await table.getByText('"type": "webhook.test"').waitFor();
  },
  'a webhook to delete': async () => {
    await link('All webhooks').click();
    await button('Actions for https://localhost:8443/x').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page
      .getByRole('dialog')
      .getByText(/Nothing is sent/)
      .waitFor();
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
  },
  profile: async () => {
    await page.goto(`${system.latchkey.url}/profile`);
    await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  },
};

describe('axe finds nothing wrong, in light and dark, with the screen of', () => {
  it.each(Object.entries(screens))('%s', async (name, open) => {
    await open();
    await expectAccessible(name.replaceAll(' ', '-'));
  });

  it('the first sign-in', async () => {
    const stranger = await browser.newPage();
    await stranger.goto(`${system.latchkey.url}/sign-in`);
    await stranger.getByLabel('E-mail address').waitFor();
    expect(await violationsOf(stranger)).toEqual([]);
  });
});
