import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';
import { beyondTablet } from '../support/tablet.js';

const kinds = [
  'images',
  'videos',
  'audio',
  'text',
  'pdfs',
  'scenes',
  'time_series',
  'nifti',
  'dicom_series',
] as const;
/** One item for each viewer. */
const viewed = [
  'Mandelbrot, Seahorse Valley',
  'Circling lights, frame numbers burnt in',
  'Pentatonic melody',
  'Field notes, ridge station',
  'A short handbook of looking closely',
  'Valley from the air',
  'Drive through a street',
  'A ride of twenty minutes',
  'Head phantom with a moving ball',
  'Head phantom, CT',
];
let directory: string;
let media: MediaBucket;
let system: StrictSystem;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-accessibility-'));
  [system, browser, media] = await Promise.all([
    startStrictSystem(directory),
    launchChromium({ webGl: true }),
    startMediaBucket(join(directory, 'bucket'), kinds),
  ]);
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
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name: string) => page.getByRole('link', { name, exact: true });

/** Looks at the screen that is open, in light and dark, and whether a tablet held upright shows all of its width. */
async function expectAccessible(name: string): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  expect(await beyondTablet(page)).toEqual([]);
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
    await page.getByRole('dialog').getByText('Nothing is shared with it.').waitFor();
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
  'a filter by metadata': async () => {
    await openFolder();
    await button('Filter by metadata').click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Value' }).click();
    await page.getByRole('option', { name: 'rain' }).click();
  },
  'a filtered folder': async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Filter' }).press('Enter');
    await page.getByText('video.weather is rain').waitFor();
    await page.getByText('Nothing found').waitFor();
    expect(new URL(page.url()).searchParams.get('meta')).toBe('video.weather = "rain"');
  },
  'a folder without the filter': async () => {
    await button('Remove the filter video.weather is rain').press('Enter');
    await link('image 0').waitFor();
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
  'a folder that is not there': async () => {
    await page.goto(`${system.latchkey.url}/folders/00000000-0000-7000-8000-000000000000`);
    await page.getByText('The folder cannot be shown').waitFor();
  },
  'an item that is not there': async () => {
    await page.goto(`${system.latchkey.url}/items/00000000-0000-7000-8000-000000000000`);
    await page.getByRole('alert').waitFor();
  },
  'an address of nothing': async () => {
    await page.goto(`${system.latchkey.url}/nothing`);
    await page.getByText('There is nothing at this address.').waitFor();
  },
  'nothing found': async () => {
    await openFolder();
    await page.getByLabel('Search by name').fill('nothing is called this');
    await page.getByText('Nothing found').waitFor();
  },
  'new URLs': async () => {
    await openFolder();
    await button('Actions for image 0').click();
    await page.getByRole('menuitem', { name: 'Renew URL' }).waitFor();
    expect(await violationsOf(page, '[role=menu]')).toEqual([]);
    await page.getByRole('menuitem', { name: 'Renew URL' }).click();
    await page.getByRole('dialog').getByText('Download to-sign.csv').waitFor();
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' });
  },
  'an export': async () => {
    await openFolder();
    await button('Export').first().click();
    await page.getByRole('dialog').waitFor();
  },
  'the check of a URL': async () => {
    await page.goto(`${system.latchkey.url}/access`);
    await page.getByLabel('URL of an object').fill('not a URL');
    await page.getByText('Give a URL that begins with').waitFor();
  },
  'no datasets': async () => {
    await page.goto(`${system.latchkey.url}/datasets`);
    await page.getByText('No datasets yet').waitFor();
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

describe('axe finds nothing wrong, in light and dark, with the viewer and the access of', () => {
  beforeAll(() => system.register(media.manifest));

  it.each(viewed)('%s', async (title) => {
    await page.goto(await system.addressOf(title));
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.getByLabel(/^Loading the/).waitFor({ state: 'hidden' });
    await expectAccessible(`item-${title.replaceAll(/\W+/g, '-')}`);
  });

  it('an item', async () => {
    const { uuid } = await system.itemOf('Mandelbrot, Seahorse Valley');
    await page.goto(`${system.latchkey.url}/access?item=${uuid}`);
    await page.getByRole('table', { name: 'Loads that were tried' }).waitFor();
    await expectAccessible('access-of-an-item');
  });
});
