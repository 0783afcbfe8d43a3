import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type System, startSystem } from '../support/system.js';

let directory: string;
let system: System;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  const options = { strictClientOnly: false, environment: { LATCHKEY_PROBE: 'off' } };
  [system, browser] = await Promise.all([startSystem(directory, options), launchChromium()]);
  await system.register({ images: [{ objectUrl: 'https://data.example.com/1', title: 'unmeasured' }] });
  ({ page } = await system.signIn(browser));
  await page.goto(`${system.latchkey.url}/integrations`);
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

async function choose(action: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions for Measuring' }).click();
  await page.getByRole('menuitem', { name: action }).click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}

describe('an integration in use', () => {
  it('is not made strict while items would break, and says how many', async () => {
    await choose('Switch on strict access');
    const dialog = page.getByRole('dialog', { name: /^Switch on strict/ });
    await dialog.getByText('The server never connects to your storage').waitFor();
    await dialog.getByRole('button', { name: 'Switch on' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/^1 item of this integration has no media metadata/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('gets members with a role, by their e-mail address', async () => {
    const created = await page.request.post(`${system.latchkey.url}/v2/public/users`, {
      headers: { 'X-Requested-With': 'test' },
      data: { email: 'ann@example.com', name: 'Ann' },
    });
    expect(created.status()).toBe(200);
    await choose('Members');
    const dialog = page.getByRole('dialog', { name: 'Members of Measuring' });
    await dialog.getByLabel('E-mail address').fill('bob@example.com');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText('No user of this server has this e-mail address.').waitFor();
    await dialog.getByLabel('E-mail address').fill('ann@example.com');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const role = dialog.getByLabel('Role of ann@example.com');
    await role.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'members');
    await dialog.getByRole('button', { name: 'Remove ann@example.com' }).click();
    await role.waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('is deleted once its title is typed, with what happens to its items', async () => {
    await choose('Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete Measuring?' });
    await dialog.getByText(/^1 item is registered through this integration\./).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('type its title').fill('Measuring');
    await confirm.click();
    await page.getByText('No integrations yet').waitFor();
  });
});
