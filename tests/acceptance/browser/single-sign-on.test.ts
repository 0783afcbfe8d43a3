import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@latchkey/testkit/free-port';
import { startIdentityProvider, type TestIdentityProvider } from '@latchkey/testkit/identity-provider';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type System, startSystem } from '../support/system.js';

let directory: string;
let system: System;
let provider: TestIdentityProvider;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  // By another name than Latchkey: to the browser it is another site.
  provider = await startIdentityProvider({ redirectUri: `${publicUrl}/sign-in/callback`, host: 'localhost' });
  provider.accounts.set('ada', {
    email: 'ada@example.com',
    email_verified: true,
    name: 'Ada Admin',
    groups: ['admins', 'engineers'],
  });
  system = await startSystem(directory, {
    strictClientOnly: true,
    environment: {
      LATCHKEY_PORT: String(port),
      LATCHKEY_PUBLIC_URL: publicUrl,
      LATCHKEY_OIDC_ISSUER: provider.issuer,
      LATCHKEY_OIDC_CLIENT_ID: provider.clientId,
      LATCHKEY_OIDC_CLIENT_SECRET: provider.clientSecret,
      LATCHKEY_OIDC_NAME: 'Acme ID',
      LATCHKEY_OIDC_SCOPES: 'openid email profile groups',
      LATCHKEY_OIDC_ALLOW: '127.0.0.0/8, ::1/128',
      LATCHKEY_OIDC_CREATE_USERS: 'on',
      LATCHKEY_OIDC_ADMIN_GROUPS: 'admins',
    },
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await provider?.close();
  await rm(directory, { recursive: true, force: true });
});

async function expectAccessible(name: string, part = 'html'): Promise<void> {
  expect(await violationsOf(page, part)).toEqual([]);
  await keepScreenshot(page, name);
}

const toProvider = async () => {
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await page.getByRole('heading', { name: 'The test provider' }).waitFor();
};

it('whoever cancels at the provider is told so, and may begin again', async () => {
  await page.goto(`${system.latchkey.url}/folders/${system.folder.uuid}`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await expectAccessible('single-sign-on');
  await toProvider();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('You are not signed in').waitFor();
  await page.getByText('did not let you in').waitFor();
  await expectAccessible('single-sign-on-denied');
  await page.getByRole('link', { name: 'Back to the sign-in page' }).click();
  await page.getByLabel('E-mail address').waitFor();
});

it('a person signs in by the provider and is at the folder that was asked for', async () => {
  const folder = `${system.latchkey.url}/folders/${system.folder.uuid}`;
  await page.goto(folder);
  await toProvider();
  await page.getByLabel('Account').fill('ada');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
  expect(page.url()).toBe(folder);
  await page.getByRole('button', { name: 'Account of Ada Admin' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Account of Ada Admin' }).waitFor();
});

it('a group that follows one of the provider has its members after they sign in', async () => {
  await page.goto(`${system.latchkey.url}/groups`);
  await page.getByRole('button', { name: 'New group' }).click();
  const dialog = page.getByRole('dialog', { name: 'New group' });
  await dialog.getByLabel('Name').fill('Engineers');
  await dialog.getByLabel('Group at Acme ID').fill('engineers');
  await expectAccessible('group-of-provider');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Follows “engineers” of the identity provider').waitFor();
  await page.getByRole('button', { name: 'Account of Ada Admin' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  // The provider remembers who this is.
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
  await page.goto(`${system.latchkey.url}/groups`);
  await page.getByRole('button', { name: 'Actions for Engineers' }).click();
  await page.getByRole('menuitem', { name: 'Members' }).click();
  const members = page.getByRole('dialog', { name: 'Members of Engineers' });
  await members.getByText('By the group of the identity provider').waitFor();
  await expectAccessible('group-members-of-provider', '[role=dialog]');
});
