import { expect, test } from 'vitest';
import { CsvColumnList, csvColumnOf } from './csv-columns.js';
import { type Headings, readHeadings } from './csv-headings.js';

const headings = (...names: string[]) => readHeadings(names) as Headings;
const columns = new CsvColumnList();
columns.add(headings('Title', 'ObjectURL', 'width', 'meta.site', 'clientMetadata'), 1);
columns.add(
  headings('ObjectURL', 'Type', 'Group', 'Member title', 'imageMetadata.width', 'DicomMetadata'),
  7,
);

test.each([
  [2, 'objectUrl', 2],
  [2, 'title', 1],
  [6, 'imageMetadata.width', 3],
  [6, 'clientMetadata.site', 4],
  [6, 'clientMetadata.other', 5],
  [6, 'clientMetadata', 5],
  [8, 'objectUrl_12', 1],
  [8, 'title_3', 4],
  [8, 'type', 2],
  [8, 'imageMetadata_3.width', 5],
  [8, 'dicomMetadata.tags.0020000E', 6],
])('on line %d, "%s" stands in column %d', (line, field, column) => {
  expect(csvColumnOf(columns.list, { line, field })).toBe(column);
});

test.each([
  [2, 'imageMetadata.height'],
  [2, 'constructor'],
  [8, 'clientMetadata'],
  [8, null],
])('on line %d, there is no column of %j', (line, field) => {
  expect(csvColumnOf(columns.list, { line, field })).toBeNull();
});

test('a file with more than 100 rows of headings tells no column behind them', () => {
  const many = new CsvColumnList();
  for (let line = 1; line < 1000; line += 2) many.add(headings('ObjectURL'), line);
  expect(csvColumnOf(many.list, { line: 200, field: 'objectUrl' })).toBe(1);
  expect(csvColumnOf(many.list, { line: 201, field: 'objectUrl' })).toBeNull();
  expect(many.list).toHaveLength(101);
});
