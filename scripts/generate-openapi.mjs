// Writes docs/openapi.json from the contract; with --check it fails if the file is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';

const { toOpenApi } = await import('../packages/contract/dist/openapi.js');
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const path = new URL('../docs/openapi.json', import.meta.url);
const text = `${JSON.stringify(toOpenApi(version), null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(path, text);
else if (readFileSync(path, 'utf8') !== text) {
  console.error('docs/openapi.json is not what the contract says. Run: npm run gen');
  process.exit(1);
}
