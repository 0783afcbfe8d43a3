import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

const ann = { email: 'ann@example.com', name: 'Ann', password: 'a password of Ann' };
let directory: string;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageOfAnn: Page;
let pageErrors: string[];

/** A request of the signed-in admin; answers the body. */
async function post(path: string, data: object): Promise<Record<string, string>> {
  const headers = { 'X-Requested-With': 'test' };
  const response = await page.request.post(`${system.latchkey.url}/v2/public/${path}`, { headers, data });
  if (response.status() !== 200) throw new Error(`${path} answered ${response.status()}`);
  return response.json();
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  const imageMetadata = { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 };
  await system.register({
    images: [{ objectUrl: 'https://data.example.com/cat.jpg', title: 'cat', imageMetadata }],
  });
  ({ page, pageErrors } = await system.signIn(browser));
  const { uuid = '' } = await post('users', ann);
  const { groupHash = '' } = await post('groups', { name: 'Radiology', description: 'Second trial' });
  await post(`groups/${groupHash}/members`, { userUuids: [uuid] });
  pageOfAnn = await signInAs(ann);
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

async function signInAs({ email, password }: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const other = await context.newPage();
  await other.goto(`${system.latchkey.url}/sign-in`);
  await other.getByLabel('E-mail address').fill(email);
  await other.getByRole('textbox', { name: 'Password' }).fill(password);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
  return other;
}

const dialog = () => page.getByRole('dialog');
const role = () => dialog().getByLabel('Role of Radiology');
const folderLink = (of: Page) => of.getByRole('grid').getByRole('link', { name: 'Registered', exact: true });

async function openAsAnn(): Promise<void> {
  await pageOfAnn.goto(`${system.latchkey.url}/folders`);
  await folderLink(pageOfAnn).click();
  await pageOfAnn.getByRole('link', { name: 'cat', exact: true }).waitFor();
}

describe('a folder', () => {
  it('is not seen by a user with whom it is not shared', async () => {
    await pageOfAnn.getByText('No folders yet').waitFor();
  });

  it('is shared with a group, whose member then sees it and may change nothing', async () => {
    await folderLink(page).click();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await dialog().getByLabel('Role of admin@example.com').waitFor();
    await dialog().getByLabel('Share with').selectOption('Group');
    await dialog().getByRole('combobox', { name: 'Group' }).click();
    await page.getByRole('option', { name: 'Radiology' }).click();
    await dialog().getByRole('button', { name: 'Add', exact: true }).click();
    await role().waitFor();
    expect(await role().inputValue()).toBe('viewer');
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'sharing-a-folder');
    await openAsAnn();
    expect(await pageOfAnn.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0);
    expect(await pageOfAnn.getByRole('button', { name: 'Upload files' }).count()).toBe(0);
    await keepScreenshot(pageOfAnn, 'sharing-as-a-viewer');
  });

  it('lets the member change what is in it once the group has the role of editors', async () => {
    await role().selectOption('editor');
    await dialog().locator('select:disabled').first().waitFor({ state: 'detached' });
    expect(await role().inputValue()).toBe('editor');
    await openAsAnn();
    await pageOfAnn.getByRole('button', { name: 'Upload files' }).waitFor();
    expect(await pageOfAnn.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0);
  });

  it('keeps its last administrator', async () => {
    await dialog().getByRole('button', { name: 'Remove admin@example.com' }).click();
    await dialog().getByText('No user would administer the folder.').waitFor();
  });

  it('shows below what is inherited', async () => {
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'New folder' }).click();
    await dialog().getByLabel('Name').fill('Below');
    await dialog().getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Below' }).waitFor();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await dialog()
      .getByRole('row', { name: /Radiology.*Editor.*Inherited from Registered/ })
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'sharing-inherited');
    await dialog().getByRole('link', { name: 'Registered' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
  });

  it('is lost by the member when the group is taken away', async () => {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await dialog().getByRole('button', { name: 'Remove Radiology' }).click();
    await role().waitFor({ state: 'detached' });
    await pageOfAnn.reload();
    await pageOfAnn.getByRole('heading', { level: 1, name: 'The folder cannot be shown' }).waitFor();
    await pageOfAnn.goto(`${system.latchkey.url}/folders`);
    await pageOfAnn.getByText('No folders yet').waitFor();
    expect(pageErrors).toEqual([]);
  });
});
