// Writes what is made from the contract into docs; with --check it fails if a file is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';

const { toOpenApi } = await import('../packages/contract/dist/openapi.js');
const { toManifestSchema } = await import('../packages/contract/dist/manifest-schema.js');
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const files = { 'docs/openapi.json': toOpenApi(version), 'docs/manifest.schema.json': toManifestSchema() };

for (const [name, value] of Object.entries(files)) {
  const path = new URL(`../${name}`, import.meta.url);
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${name} is not what the contract says. Run: npm run gen`);
    process.exitCode = 1;
  }
}
