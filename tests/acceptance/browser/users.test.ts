import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** A request of whoever is signed in. */
async function post(as: Page, path: string, data: object): Promise<void> {
  const headers = { 'X-Requested-With': 'test' };
  const response = await as.request.post(`${system.latchkey.url}/v2/public/${path}`, { headers, data });
  if (response.status() !== 200) throw new Error(`${path} answered ${response.status()}`);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  ({ page, pageErrors } = await system.signIn(browser));
  await post(page, 'users', ann);
  pageOfAnn = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  pageOfAnn.setDefaultTimeout(20_000);
  await signInAsAnn();
  await pageOfAnn.getByText('No folders yet').waitFor();
  await post(pageOfAnn, 'storage/folders', { name: 'Of Ann' });
  await page.goto(`${system.latchkey.url}/users`);
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

async function signInAsAnn(): Promise<void> {
  await pageOfAnn.goto(`${system.latchkey.url}/sign-in`);
  await pageOfAnn.getByLabel('E-mail address').fill(ann.email);
  await pageOfAnn.getByRole('textbox', { name: 'Password' }).fill(ann.password);
  await pageOfAnn.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const row = () => page.getByRole('table', { name: 'Users' }).getByRole('row', { name: /ann@example\.com/ });
const actions = () => page.getByRole('button', { name: `Actions for ${ann.email}` });
const dialog = () => page.getByRole('dialog');
async function choose(action: string): Promise<void> {
  await actions().click();
  await page.getByRole('menuitem', { name: action }).click();
}
async function expectAccessible(name: string): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  await keepScreenshot(page, name);
}

it('an administrator changes name and role of a user', async () => {
  await choose('Change name and role');
  await dialog().getByLabel('Name').fill('Ann Administrator');
  await dialog().getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Administrator' }).click();
  await expectAccessible('change-user');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Ann Administrator ann@example\.com Administrator Active/ }).waitFor();
});

it('nobody is offered to deactivate themselves', async () => {
  await page.getByRole('button', { name: 'Actions for admin@example.com' }).click();
  await page.getByRole('menuitem', { name: 'Change name and role' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Deactivate' }).count()).toBe(0);
  await page.keyboard.press('Escape');
});

it('a user is deactivated and what is theirs handed over, after a look at what that is', async () => {
  await choose('Deactivate');
  await dialog().getByText('To be handed over: 1 folder').waitFor();
  await dialog().getByRole('combobox', { name: 'Hand over to' }).click();
  expect(await page.getByRole('option').allTextContents()).toEqual(['admin@example.com']);
  await page.getByRole('option', { name: 'admin@example.com' }).click();
  await expectAccessible('deactivate-user');
  await dialog().getByRole('button', { name: 'Deactivate and hand over' }).click();
  await dialog().waitFor({ state: 'detached' });
  await row().getByText('handed over to admin@example.com').waitFor();
  await expectAccessible('users-deactivated');
  await page.goto(`${system.latchkey.url}/folders`);
  await page.getByRole('grid').getByRole('link', { name: 'Of Ann', exact: true }).waitFor();
});

it('a deactivated user is signed out, and told why they cannot sign in', async () => {
  await pageOfAnn.reload();
  await pageOfAnn.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signInAsAnn();
  await pageOfAnn.getByText('Your user is deactivated.').waitFor();
  expect(await violationsOf(pageOfAnn)).toEqual([]);
  await keepScreenshot(pageOfAnn, 'sign-in-deactivated');
});

it('a user is reactivated by keyboard alone, and the focus is where it was', async () => {
  await page.goto(`${system.latchkey.url}/users`);
  await actions().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.role === 'menuitem');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Reactivate ann@example.com?' }).waitFor();
  await expectAccessible('reactivate-user');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await row().getByText('Active', { exact: true }).waitFor();
  await page.waitForFunction(
    (name) => document.activeElement?.getAttribute('aria-label') === name,
    `Actions for ${ann.email}`,
  );
  await signInAsAnn();
  await pageOfAnn.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
});

it('a service account gets a token, shown once, by which a program acts', async () => {
  await page.goto(`${system.latchkey.url}/users`);
  const section = page.getByRole('region', { name: 'Service accounts', exact: true });
  await section.getByText('No service accounts yet.').waitFor();
  await expectAccessible('no-service-accounts');
  await section.getByRole('button', { name: 'Add service account' }).click();
  await dialog().getByLabel('Name').fill('Nightly import');
  await expectAccessible('add-service-account');
  await dialog().getByRole('button', { name: 'Add service account' }).click();
  const keys = page.getByRole('dialog', { name: 'Keys and tokens of Nightly import' });
  await keys.getByText('No tokens yet.').waitFor();
  await keys.getByRole('button', { name: 'Create token' }).click();
  const creation = page.getByRole('dialog', { name: 'Create token' });
  await creation.getByLabel('Title').fill('Server of the import');
  await creation.getByRole('button', { name: 'Create token' }).click();
  const token = await creation.getByLabel('Token', { exact: true }).inputValue();
  await creation.getByRole('button', { name: 'Done' }).click();
  await keys.getByRole('cell', { name: 'Server of the import', exact: true }).waitFor();
  await expectAccessible('keys-of-a-service-account');
  const answer = await fetch(`${system.latchkey.url}/v2/public/user`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toMatchObject({ kind: 'service', name: 'Nightly import' });
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'detached' });
  const table = page.getByRole('table', { name: 'Service accounts' });
  await table.getByRole('row', { name: /Nightly import .*@service-account\.invalid .*Active/ }).waitFor();
  expect(await page.getByRole('table', { name: 'Users' }).getByText('Nightly import').count()).toBe(0);
  await expectAccessible('service-accounts');
  expect(pageErrors).toEqual([]);
});
