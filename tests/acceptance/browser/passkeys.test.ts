import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

let directory: string;
let system: StrictSystem;
let browser: Browser;
/** Passkeys are for host names. */
let url: string;
let page: Page;
let devTools: CDPSession;
let authenticatorId: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-passkeys-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  url = system.latchkey.url.replace('127.0.0.1', 'localhost');
  ({ page } = await system.signIn(browser, url));
  devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  authenticatorId = await newAuthenticator();
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

async function newAuthenticator(): Promise<string> {
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}

async function expectAccessible(name: string, shown = page): Promise<void> {
  expect(await violationsOf(shown)).toEqual([]);
  await keepScreenshot(shown, name);
}

const passkeys = () => page.getByRole('region', { name: 'Passkeys', exact: true });
const choose = async (action: string, name: string): Promise<void> => {
  await passkeys()
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
};
const enter = (shown = page) => shown.getByRole('button', { name: 'Sign in with a passkey' }).click();

async function signOut(): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${url}/sign-in`);
}

it('a user adds a passkey, and renames it', async () => {
  await page.goto(`${url}/profile`);
  await passkeys().getByText('No passkeys yet').waitFor();
  await passkeys().scrollIntoViewIfNeeded();
  await expectAccessible('passkeys-none');
  await passkeys().getByRole('button', { name: 'Add passkey' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add passkey' });
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Chrome on Linux');
  await expectAccessible('add-passkey');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await passkeys().getByRole('cell', { name: 'Chrome on Linux', exact: true }).waitFor();
  await passkeys().getByRole('cell', { name: 'One device only', exact: true }).waitFor();
  await choose('Rename', 'Chrome on Linux');
  await page.getByRole('dialog').getByLabel('Name').fill('My laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await passkeys().getByRole('cell', { name: 'My laptop', exact: true }).waitFor();
  await expectAccessible('passkeys');
});

it('the same device makes no second one', async () => {
  await passkeys().getByRole('button', { name: 'Add passkey' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add passkey' });
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('Code: passkey_taken').waitFor();
  await expectAccessible('passkey-taken');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

it('it signs in without a name or a password', async () => {
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  await expectAccessible('sign-in-passkey');
  await enter();
  await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
  await page.goto(`${url}/profile`);
  await page.getByRole('table', { name: 'Sessions', exact: true }).getByText('Passkey').waitFor();
});

it('a device that does not know its user signs nobody in', async () => {
  await signOut();
  await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await enter();
  await page.getByText('Code: passkey_cancelled').waitFor();
  await expectAccessible('passkey-cancelled');
  await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await enter();
  await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
});

it('one that is removed is refused, and the browser offers it no more', async () => {
  await page.goto(`${url}/profile`);
  await choose('Remove', 'My laptop');
  const dialog = page.getByRole('dialog', { name: 'Remove passkey My laptop?' });
  await expectAccessible('remove-passkey');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await passkeys().getByText('No passkeys yet').waitFor();
  await signOut();
  await enter();
  await page.getByText('Code: passkey_unknown').waitFor();
  await expectAccessible('passkey-unknown');
  expect(await devTools.send('WebAuthn.getCredentials', { authenticatorId })).toEqual({ credentials: [] });
});

it('an admin removes the passkeys of a user', async () => {
  ({ page } = await system.signIn(browser, url));
  devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  await newAuthenticator();
  await page.goto(`${url}/profile`);
  await passkeys().getByRole('button', { name: 'Add passkey' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await passkeys().getByRole('cell', { name: 'Chrome on Linux', exact: true }).waitFor();
  await page.goto(`${url}/users`);
  await page.getByRole('button', { name: 'Actions for admin@example.com' }).click();
  await page.getByRole('menuitem', { name: 'Remove the passkeys' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove all passkeys of admin@example.com?' });
  await expectAccessible('remove-passkeys');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${url}/profile`);
  await passkeys().getByText('No passkeys yet').waitFor();
});

it('the page says why there are none at an IP address', async () => {
  await page.goto(`${system.latchkey.url}/sign-in`);
  await enter();
  await page.getByText('Code: passkey_needs_host_name').waitFor();
});
