import { expect, it } from 'vitest';
import { linesOf, startChild, useDataDirectory } from './children.js';

const directory = useDataDirectory();

it('takes the same memory for the last of 400,000 rows as for the first', async () => {
  const child = startChild('import-rows.mjs', [directory.dataDir, '80']);
  const megabytes: number[] = [];
  for await (const line of linesOf(child)) megabytes.push(Number(line));
  expect(megabytes).toHaveLength(8);
  const [first = 0] = megabytes;
  // The text of the rows is 165 MB, which a leak would add.
  expect(Math.max(...megabytes)).toBeLessThan(first + 100);
}, 120_000);
