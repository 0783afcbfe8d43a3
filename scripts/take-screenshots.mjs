// Makes the pictures in docs/screenshots from the demo: node scripts/take-screenshots.mjs (needs Chromium; see README).
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
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
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  // WebGL without a graphics card.
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
const take = async (name) => {
  await page.waitForTimeout(1200);
  await page.screenshot({ path: `${directory}/${name}.png` });
};
const openFolder = async () => {
  await page.goto(`${facts.url}/folders`);
  await page.getByRole('grid').getByRole('link', { name: 'Demo', exact: true }).click();
};

await page.goto(facts.url);
await take('sign-in');
await page.getByLabel('E-mail address').fill(facts.email);
await page.getByRole('textbox', { name: 'Password' }).fill(facts.password);
await page.getByRole('button', { name: 'Sign in' }).click();
await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
await page.goto(`${facts.url}/integrations`);
await take('integrations');
await page.getByRole('button', { name: 'Add integration' }).first().click();
await take('add-integration');
await openFolder();
await take('folder');
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
  await openFolder();
  await page.getByRole('grid').getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await take(name);
}
const openItem = async (title) => {
  await openFolder();
  await page.getByRole('grid').getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('application').first().waitFor();
};
const press = async (key, times) => {
  for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
};
await openItem('Head phantom, CT');
await page.getByText('W 160 L 40').waitFor();
await page.getByRole('application').focus();
await press('ArrowDown', 13);
await press('t', 1);
await take('dicom');
await press('t', 1);
await press('m', 1);
await page.getByText('Crosshair at').waitFor();
await press('Control+ArrowRight', 24);
await press('Control+ArrowUp', 21);
await press('ArrowDown', 2);
await take('dicom-planes');
await openItem('Head phantom with a moving ball');
await page.getByText(/^Voxel/).waitFor();
await page.getByRole('application').focus();
await press('.', 2);
await take('nifti');
await openFolder();
await page.getByRole('button', { name: 'Upload files' }).click();
const dialog = page.getByRole('dialog');
await dialog.getByRole('switch', { name: 'Ignore individual file errors' }).click();
await take('upload');
const chooser = page.waitForEvent('filechooser');
await dialog.getByRole('button', { name: /Add JSON or CSV files/ }).click();
await (await chooser).setFiles({
  name: 'street.json',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({
      images: [
        { objectUrl: 'https://elsewhere.example.com/a.jpg' },
        { objectUrl: 'https://127.0.0.1:19787/b c.jpg', title: 'with a space' },
      ],
    }),
  ),
});
await dialog.getByRole('button', { name: /^Import/ }).click();
await dialog.getByRole('link', { name: 'Download as CSV' }).waitFor();
await take('upload-result');
const given = JSON.parse(readFileSync(facts.manifest, 'utf8'));
for (const units of Object.values(given).filter(Array.isArray))
  for (const unit of units)
    for (const key of Object.keys(unit)) if (/[a-z]+Metadata$/.test(key)) delete unit[key];
await openFolder();
await page.getByRole('button', { name: 'Upload files' }).click();
const picker = page.waitForEvent('filechooser');
await page.getByRole('button', { name: /Add JSON or CSV files/ }).click();
await (await picker).setFiles({
  name: 'without-metadata.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(given)),
});
await take('measure-offer');
await page.getByRole('button', { name: /^Measure/ }).click();
await page.getByText(/measured in this browser/).waitFor();
await take('measured');
await page.emulateMedia({ colorScheme: 'dark' });
await openFolder();
await take('folder-dark');
await page.goto(`${facts.url}/docs`);
await take('api');
await browser.close();
demo.kill('SIGINT');
