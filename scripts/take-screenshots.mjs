// Makes the pictures in docs/screenshots and their index docs/screens.md from the demo: node scripts/take-screenshots.mjs
// (needs Chromium; see README). Each screen is taken in light and in dark colours.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = `${root}docs/screenshots`;
const demo = spawn(
  process.execPath,
  [`${root}apps/cli/dist/main.js`, 'demo', '--port', '18787', '--bucket-port', '19787'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const facts = {};
for await (const line of createInterface({ input: demo.stdout })) {
  facts.url ??= /ready at (\S+)/.exec(line)?.[1];
  facts.email ??= /E-mail\s+(\S+)/.exec(line)?.[1];
  facts.password ??= /Password\s+(\S+)/.exec(line)?.[1];
  facts.manifest ??= /Manifest\s+(\S+)/.exec(line)?.[1];
  if (facts.manifest) break;
}

mkdirSync(directory, { recursive: true });
for (const name of readdirSync(directory)) rmSync(`${directory}/${name}`);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  // WebGL without a graphics card.
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const desktop = { width: 1280, height: 800 };
const page = await browser.newPage({ viewport: desktop });
page.setDefaultTimeout(60_000);
const session = await page.context().newCDPSession(page);
const sections = [];

async function write(file) {
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 62 });
  writeFileSync(`${directory}/${file}`, Buffer.from(data, 'base64'));
}

const transitionsEnd = () =>
  Promise.allSettled(
    document
      .getAnimations()
      .filter((animation) => animation instanceof CSSTransition)
      .map(({ finished }) => finished),
  );

/** The screen that is open now, in both colours. */
async function take(name, title) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(colorScheme === 'light' ? 1200 : 800);
    await page.evaluate(transitionsEnd);
    await write(`${name}${colorScheme === 'dark' ? '-dark' : ''}.webp`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  sections.at(-1).screens.push({ name, title });
}
const section = (title) => sections.push({ title, screens: [] });
const go = (path) => page.goto(`${facts.url}${path}`);
const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const dialog = page.getByRole('dialog');
const inGrid = (name) => page.getByRole('grid').getByRole('link', { name, exact: true });
const openFolder = async () => {
  await go('/folders');
  await inGrid('Demo').click();
  await page.getByRole('heading', { level: 1, name: 'Demo' }).waitFor();
};
const openItem = async (title) => {
  await openFolder();
  await page.getByLabel('Search by name').fill(title);
  await page.waitForURL(/[?&]q=/);
  await page.getByRole('row').nth(2).waitFor({ state: 'hidden' });
  await inGrid(title).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
};
const press = async (key, times) => {
  for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
};
const pick = async (name, manifest) => {
  await openFolder();
  await button('Upload files').click();
  const picker = page.waitForEvent('filechooser');
  await button(/Add JSON or CSV files/).click();
  const buffer = Buffer.from(JSON.stringify(manifest));
  await (await picker).setFiles({ name, mimeType: 'application/json', buffer });
};

section('Signing in');
await go('/');
await page.getByLabel('E-mail address').waitFor();
await take('sign-in', 'Sign-in');
await page.getByLabel('E-mail address').fill(facts.email);
await page.getByRole('textbox', { name: 'Password' }).fill(facts.password);
await button('Sign in').click();
await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();

section('Files & Folders');
await take('all-folders', 'All folders');
await button('New folder').first().click();
await dialog.getByLabel('Name').waitFor();
await take('new-folder', 'A new folder');
await openFolder();
await take('folder', 'A folder');
await press('?', 1);
await page.getByRole('row').nth(1).focus();
await press('?', 1);
await dialog.waitFor();
await take('shortcuts', 'Keyboard shortcuts');
await press('Escape', 1);
await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check();
await take('selection', 'Selected items');
await button('Edit metadata').click();
await dialog.getByLabel('Keys to set').fill('{ "camera": "left" }');
await take('metadata', 'Client metadata of many items');
await openFolder();
await button('Actions for Mandelbrot, Seahorse Valley').click();
await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
await take('context-menu', 'What can be done with an item');
await page.getByRole('menuitem', { name: 'Renew URL' }).click();
await dialog.waitFor();
await take('renew', 'New URLs for items');
await openFolder();
await button('As tiles with thumbnails').click();
await page.waitForTimeout(2500);
await take('tiles', 'Tiles with thumbnails, drawn in the browser');
await button('Export').first().click();
await dialog.waitFor();
await take('export', 'Export');
await openFolder();
await page.getByLabel('Search by name').fill('nothing is called this');
await page.getByText('Nothing found').waitFor();
await take('nothing-found', 'Nothing found');
await go('/folders/00000000-0000-7000-8000-000000000000');
await page.getByText('The folder cannot be shown').waitFor();
await take('folder-error', 'A folder that is not there, or not shared');

section('Viewers');
for (const [name, title] of [
  ['image', 'Mandelbrot, Seahorse Valley'],
  ['video', 'Circling lights, frame numbers burnt in'],
  ['audio', 'Pentatonic melody'],
  ['text', 'Field notes, ridge station'],
  ['pdf', 'A short handbook of looking closely'],
  ['point-cloud', 'Valley from the air'],
  ['time-series', 'A ride of twenty minutes'],
  ['scene', 'Drive through a street'],
  ['group', 'Valley desk (tiles)'],
]) {
  await openItem(title);
  await page.waitForTimeout(1500);
  await page.getByRole('region', { name: 'Viewer' }).getByRole('progressbar').waitFor({ state: 'hidden' });
  await take(name, title);
}
await openItem('Head phantom, CT');
await page.getByText('W 160 L 40').waitFor();
await page.getByRole('application').first().focus();
await press('ArrowDown', 13);
await press('t', 1);
await take('dicom', 'A DICOM series with its tags');
await press('t', 1);
await press('m', 1);
await page.getByText('Crosshair at').waitFor();
await press('Control+ArrowRight', 24);
await press('Control+ArrowUp', 21);
await press('ArrowDown', 2);
await take('dicom-planes', 'The series in three planes');
await openItem('Head phantom with a moving ball');
await page.getByText(/^Voxel/).waitFor();
await page.getByRole('application').first().focus();
await press('.', 2);
await take('nifti', 'A NIfTI volume');

section('Uploads');
await openFolder();
await button('Upload files').click();
await dialog.getByRole('switch', { name: 'Ignore individual file errors' }).click();
await take('upload', 'Upload of manifests');
await pick('street.json', {
  images: [
    { objectUrl: 'https://elsewhere.example.com/a.jpg' },
    { objectUrl: 'https://127.0.0.1:19787/b c.jpg', title: 'with a space' },
  ],
});
await dialog.getByRole('switch', { name: 'Ignore individual file errors' }).click();
await take('upload-preview', 'What the import would do');
await dialog.getByRole('button', { name: /^Import/ }).click();
await dialog.getByRole('link', { name: 'Download as CSV' }).waitFor();
await take('upload-result', 'What became of it');
await dialog.getByRole('link', { name: 'All files of this import' }).click();
await page.getByRole('table', { name: 'Files of the manifest' }).waitFor();
await take('import', 'An import with all of its files');
await button(/^Notifications/).click();
await page.waitForTimeout(500);
await take('notifications', 'Notifications');
const given = JSON.parse(readFileSync(facts.manifest, 'utf8'));
for (const units of Object.values(given).filter(Array.isArray))
  for (const unit of units)
    for (const key of Object.keys(unit)) if (/[a-z]+Metadata$/.test(key)) delete unit[key];
await pick('without-metadata.json', given);
await take('measure-offer', 'A manifest that lacks metadata');
await button(/^Measure/).click();
await page.getByText(/measured in this browser/).waitFor();
await take('measured', 'Measured in the browser');

section('Integrations and access');
await go('/integrations');
await page.getByRole('row').nth(1).waitFor();
await take('integrations', 'Integrations');
await button('Add integration').first().click();
await take('add-integration', 'A new integration');
await go('/access');
await page.getByLabel('Bucket').fill('footage');
await take('cors-set-up', 'CORS of a bucket, and the check of a URL');
await openItem('Mandelbrot, Seahorse Valley');
const itemUuid = page.url().split('/').at(-1)?.split('?')[0];
await go(`/access?item=${itemUuid}`);
await page.getByRole('table', { name: 'Loads that were tried' }).waitFor();
await take('access', 'The access to an item, tried');

section('Datasets');
await go('/datasets');
await take('datasets-empty', 'No datasets yet');
await openFolder();
await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check();
await button('Add to dataset').click();
await take('add-to-dataset', 'Items into a dataset');

section('Administration');
for (const [path, name, title] of [
  ['/profile', 'profile', 'Profile'],
  ['/users', 'users', 'Users'],
  ['/groups', 'groups', 'Groups'],
  ['/metadata-schema', 'metadata-schema', 'Metadata schema'],
  ['/webhooks', 'webhooks-empty', 'No webhooks yet'],
  ['/audit-log', 'audit-log', 'Audit log'],
]) {
  await go(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await take(name, title);
}
await go('/webhooks');
await button('Add webhook').first().click();
await dialog.waitFor();
await take('add-webhook', 'A new webhook');
await go('/docs');
await page.waitForTimeout(1500);
await take('api', 'The API');

section('On a tablet');
await page.setViewportSize({ width: 834, height: 1112 });
await openFolder();
await take('tablet-folder', 'A folder');
await openItem('Mandelbrot, Seahorse Valley');
await page.waitForTimeout(1500);
await take('tablet-item', 'An item');

const picturesOf = ({ name, title }) =>
  `### ${title}\n\n![light](screenshots/${name}.webp)\n\n![dark](screenshots/${name}-dark.webp)`;
const parts = sections.map(({ title, screens }) => [`## ${title}`, ...screens.map(picturesOf)].join('\n\n'));
writeFileSync(
  `${root}docs/screens.md`,
  `# Screens\n\nEvery screen of the web app, taken from the demo by \`node scripts/take-screenshots.mjs\`.\n\n${parts.join('\n\n')}\n`,
);
await browser.close();
demo.kill('SIGINT');
