// Writes what is made from the contract into docs, and from the variables of the Terraform modules into their READMEs;
// with --check it fails if a file is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { terraformReadmes } from './terraform-readmes.mjs';

const { toOpenApi } = await import('../packages/contract/dist/openapi.js');
const { toManifestSchema } = await import('../packages/contract/dist/manifest-schema.js');
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const toText = (value) => `${JSON.stringify(value, null, 2)}\n`;
const files = {
  'docs/openapi.json': toText(toOpenApi(version)),
  'docs/manifest.schema.json': toText(toManifestSchema()),
  ...(await terraformReadmes()),
};

for (const [name, text] of Object.entries(files)) {
  const path = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${name} is not up to date. Run: npm run gen`);
    process.exitCode = 1;
  }
}
