import { fileURLToPath } from 'node:url';
import { createUser } from '@latchkey/contract/routes/session';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { noticeExpiringTokens } from '@latchkey/server/notifications/notice-expiring-tokens';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';

const user = { email: 'ada@example.com', password: 'the password of Ada' };
let system: TestSystem;
let browser: Browser;
let url: string;
let page: Page;

beforeAll(async () => {
  const webRoot = fileURLToPath(new URL('../../../apps/web/dist', import.meta.url));
  [system, browser] = await Promise.all([startTestSystem({ webRoot, worker: false }), launchChromium()]);
  await system.call(createUser, { body: user });
  // Passkeys are for host names.
  url = system.baseUrl.replace('127.0.0.1', 'localhost');
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(20_000);
  await page.goto(`${url}/sign-in?next=/profile`);
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
});

async function expectAccessible(name: string): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  await keepScreenshot(page, name);
}

const sql = (text: string) => system.context.db.query({ name: 'test.sql', text });
const section = (name: string) => page.getByRole('region', { name, exact: true });

it('a user adds an SSH key by its public line, not by the private one, and deletes it', async () => {
  const { privateKey, publicKey, fingerprint } = generateSshKeyPair('ada@laptop');
  await section('SSH keys').getByText('No keys yet').waitFor();
  await section('SSH keys').getByRole('button', { name: 'Add SSH key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add SSH key' });
  await dialog.getByLabel('Public key').fill(privateKey);
  await dialog.getByText('This is a private key').waitFor();
  expect(await dialog.getByRole('button', { name: 'Add SSH key' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Title').fill('');
  await dialog.getByLabel('Public key').fill(publicKey);
  expect(await dialog.getByLabel('Title').inputValue()).toBe('ada@laptop');
  await dialog.getByRole('button', { name: 'Add SSH key' }).click();
  await section('SSH keys').getByText(fingerprint).waitFor();
  await expectAccessible('ssh-keys');
  await section('SSH keys').getByRole('button', { name: 'Add SSH key' }).click();
  await dialog.getByLabel('Public key').fill(publicKey);
  await dialog.getByRole('button', { name: 'Add SSH key' }).click();
  await dialog.getByText('The key is registered for this user already, as "ada@laptop".').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await section('SSH keys').getByRole('button', { name: 'Delete SSH key ada@laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await section('SSH keys').getByText('No keys yet').waitFor();
});

it('a user makes API tokens, and is told by the list and the bell which expire', async () => {
  for (const title of ['Nightly import', 'Old import']) {
    await section('API tokens').getByRole('button', { name: 'Create token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create token' });
    await dialog.getByLabel('Title').fill(title);
    await dialog.getByRole('button', { name: 'Create token' }).click();
    expect(await dialog.getByLabel('Token', { exact: true }).inputValue()).toMatch(/^lkt_/);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await section('API tokens').getByRole('cell', { name: title, exact: true }).waitFor();
  }
  const days = (title: string, count: number) =>
    sql(
      `UPDATE api_tokens SET created_at = now() - interval '40 days', expires_at = now() + interval '${count} days' WHERE title = '${title}'`,
    );
  await days('Nightly import', 3);
  await days('Old import', -2);
  await noticeExpiringTokens(system.context);
  await page.reload();
  await section('API tokens').getByText('Soon', { exact: true }).waitFor();
  await section('API tokens').getByText('Expired', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  await page.getByRole('dialog', { name: 'Notifications' }).getByText('An API token expires soon').waitFor();
  await expectAccessible('expiring-tokens');
  await page.keyboard.press('Escape');
});

it('a session that is no longer fresh is asked for the password before a passkey is added', async () => {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await sql("UPDATE sessions SET created_at = now() - interval '11 minutes'");
  await section('Passkeys').getByRole('button', { name: 'Add passkey' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add passkey' });
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByLabel('Your password').fill('not the password');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('Code: wrong_password').waitFor();
  await expectAccessible('passkey-password');
  await dialog.getByLabel('Your password').fill(user.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await section('Passkeys').getByRole('cell', { name: 'Chrome on Linux', exact: true }).waitFor();
});
