import { expect, test } from 'vitest';
import { formOf } from './text-form.js';

test.each([
  ['a', 'application/json', 'json'],
  ['a', 'application/geo+json', 'json'],
  ['a', 'text/xml; charset=utf-8', 'xml'],
  ['a', 'text/csv', 'csv'],
  ['a', 'text/markdown', 'markdown'],
  ['notes.md', 'text/plain', 'markdown'],
  ['table.tsv', null, 'csv'],
  ['page.json', 'text/html', null],
  ['page', 'application/xhtml+xml', null],
  ['lines', 'text/plain', null],
  ['lines.jsonl', 'application/x-ndjson', null],
])('%s of type %s is shown as %s', (name, type, form) => {
  expect(formOf(name, type)).toBe(form);
});
