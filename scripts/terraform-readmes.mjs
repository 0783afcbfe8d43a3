// The READMEs of the Terraform modules: what people wrote, and between two marks the tables of variables and outputs.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '@cdktn/hcl2json';

const modules = new URL('../terraform/modules/', import.meta.url);
const marks = [
  '<!-- generated from variables.tf and outputs.tf: npm run gen -->',
  '<!-- end of what is generated -->',
];

/** Path of each README, from the root of the repository -> what it has to say. */
export async function terraformReadmes() {
  const readmes = {};
  for (const name of readdirSync(modules))
    readmes[`terraform/modules/${name}/README.md`] = await readme(name);
  return readmes;
}

async function readme(name) {
  const read = (file) => readFileSync(new URL(`${name}/${file}`, modules), 'utf8');
  const written = read('README.md');
  const [before, rest] = written.split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (after === undefined)
    throw new Error(`The README of ${name} lacks one of the marks: ${marks.join(' ')}`);
  const variables = await bodiesOf('variable', 'variables.tf', read);
  const outputs = await bodiesOf('output', 'outputs.tf', read);
  const tables = [
    '## Variables',
    table(['name', 'meaning', 'type', 'default'], variables.map(variableRow)),
    '## Outputs',
    table(
      ['name', 'meaning'],
      outputs.map(([output, body]) => [`\`${output}\``, body.description]),
    ),
  ];
  return `${before}${marks[0]}\n\n${tables.join('\n\n')}\n\n${marks[1]}${after}`;
}

/** In the order of the file, which the parser does not keep. */
async function bodiesOf(kind, file, read) {
  const text = read(file);
  const parsed = await parse(file, text);
  const names = [...text.matchAll(new RegExp(`^${kind} "(\\w+)"`, 'gm'))].map(([, name]) => name);
  return names.map((name) => [name, parsed[kind][name][0]]);
}

function variableRow([name, { description, type, default: value, sensitive }]) {
  const meaning = sensitive ? `${description} _Sensitive._` : description;
  const shown = value === undefined ? '**required**' : `\`${JSON.stringify(value)}\``;
  const plainType = type
    .replace(/^\$\{([\s\S]*)\}$/, '$1')
    .replace(/\n\s*/g, ', ')
    .replaceAll('({, ', '({ ')
    .replaceAll(', })', ' })');
  return [`\`${name}\``, meaning, `\`${plainType}\``, shown];
}

/** Padded, as the formatter has it. */
function table(head, rows) {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)));
  const [first, ...rest] = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column])));
  return [first, widths.map((width) => '-'.repeat(width)), ...rest]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
