import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const deployFile = (name: string): string => join(root, 'deploy', name);
export const readText = (name: string): string => readFileSync(deployFile(name), 'utf8');

/** The settings that the table of the README lists. */
export function readmeSettings(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return [...readme.matchAll(/^\| (`[A-Z_]+`.*?) +\|/gm)].flatMap(
    ([, cell]) => cell?.match(/\b(?:LATCHKEY|DATABASE)_[A-Z_]+\b/g) ?? [],
  );
}

/** The documents of a YAML file of `deploy/`, with anchors and merges resolved. */
export function readYaml(name: string): unknown[] {
  return parseYaml(readText(name));
}

export function parseYaml(text: string): unknown[] {
  return parseAllDocuments(text, { merge: true }).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS() as unknown;
  });
}
