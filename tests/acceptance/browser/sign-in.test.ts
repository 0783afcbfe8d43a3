import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

const invited = { email: 'invited@example.com', password: 'the password of the invited' };
let directory: string;
let system: StrictSystem;
let browser: Browser;
let admin: Page;
/** Of another person, with cookies of their own. */
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  system = await startStrictSystem(directory);
  browser = await launchChromium();
  admin = (await system.signIn(browser)).page;
  page = await (await browser.newContext({ viewport: { width: 1280, height: 1100 } })).newPage();
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

async function expectAccessible(shown: Page, name: string): Promise<void> {
  expect(await violationsOf(shown)).toEqual([]);
  await keepScreenshot(shown, name);
}

async function signIn(): Promise<void> {
  await page.goto(`${system.latchkey.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(invited.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(invited.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
const isInside = () => page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();

it('an invited person joins by the link that an admin hands over', async () => {
  await admin.goto(`${system.latchkey.url}/users`);
  await admin.getByRole('button', { name: 'Invite user' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Invite user' });
  await dialog.getByLabel('E-mail address').fill(invited.email);
  await expectAccessible(admin, 'invite-user');
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const url = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await expectAccessible(admin, 'invitation-link');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await admin.getByRole('table', { name: 'Open invitations and links' }).getByText(invited.email).waitFor();
  await expectAccessible(admin, 'open-invitations');
  await page.goto(url);
  await page.getByLabel('Name').fill('Ivy Invited');
  await page.getByRole('textbox', { name: 'Password' }).fill(invited.password);
  await expectAccessible(page, 'join');
  await page.getByRole('button', { name: 'Join' }).click();
  await isInside();
  await page.getByRole('button', { name: 'Account of Ivy Invited' }).waitFor();
  await admin.reload();
  await admin.getByRole('cell', { name: 'Ivy Invited' }).waitFor();
  await page.goto(url);
  await page.getByText('This link does not work').waitFor();
});

it('a user sees and ends the other sessions, and changes the password', async () => {
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${system.latchkey.url}/sign-in`);
  await elsewhere.getByLabel('E-mail address').fill(invited.email);
  await elsewhere.getByRole('textbox', { name: 'Password' }).fill(invited.password);
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
  await page.goto(`${system.latchkey.url}/profile`);
  const sessions = page.getByRole('table', { name: 'Sessions', exact: true });
  await sessions.getByText('This one').waitFor();
  await sessions.scrollIntoViewIfNeeded();
  await expectAccessible(page, 'sessions');
  await sessions.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await sessions.getByRole('button', { name: /^Sign out Chrome/ }).waitFor({ state: 'hidden' });
  await elsewhere.goto(`${system.latchkey.url}/profile`);
  await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.close();
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change password' });
  await dialog.getByLabel('Current password').fill('not the password');
  await dialog.getByLabel('New password').fill('another password of mine');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('The current password is wrong').waitFor();
  await expectAccessible(page, 'change-password');
  await dialog.getByLabel('Current password').fill(invited.password);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('The password is changed').waitFor();
  invited.password = 'another password of mine';
});

it('a user whom an admin gives a link sets a new password and signs in with it', async () => {
  await admin.getByRole('button', { name: `Actions for ${invited.email}` }).click();
  await admin.getByRole('menuitem', { name: 'Link for a new password' }).click();
  await admin.getByRole('button', { name: 'Make link' }).click();
  const url = await admin.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  await admin.getByRole('button', { name: 'Done' }).click();
  invited.password = 'the third password of mine';
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Password' }).fill(invited.password);
  await expectAccessible(page, 'new-password');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('The password is set').waitFor();
  await signIn();
  await isInside();
});

it('a user sets up a second factor, and signs in with a code, then with a recovery code', async () => {
  await page.goto(`${system.latchkey.url}/profile`);
  await page.getByRole('region', { name: 'Second factor' }).getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up a second factor' });
  await dialog.getByLabel('Your password').fill(invited.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('img', { name: /^QR code/ }).waitFor();
  const totp = new TOTP({
    secret: Secret.fromBase32(await dialog.getByRole('textbox', { name: 'Key' }).inputValue()),
  });
  await expectAccessible(page, 'second-factor');
  await dialog.getByRole('textbox', { name: 'Code' }).fill(totp.generate());
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const codes = await dialog.getByRole('region', { name: 'Recovery codes' }).textContent();
  const [first = ''] = codes?.trim().split(/\s+/) ?? [];
  await expectAccessible(page, 'recovery-codes');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Recovery codes left: 10').waitFor();
  await page.context().clearCookies();
  await signIn();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('The code is wrong').waitFor();
  await expectAccessible(page, 'sign-in-code');
  // The next one: that of this half minute was taken.
  await page.getByLabel('Code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await isInside();
  await page.context().clearCookies();
  await signIn();
  await page.getByLabel('Code').fill(first);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await isInside();
});
