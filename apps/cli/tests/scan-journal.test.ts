import { expect, it } from 'vitest';
import { noCounts } from '../src/scan/scan-counts.js';
import { ScanJournal } from '../src/scan/scan-journal.js';
import { temporaryDirectory } from './temporary-directory.js';

it('gives back any key as it was, also to the next process', async () => {
  const path = `${temporaryDirectory()}/journal`;
  const keys = ['a\nb', 'a\r\nb', 'a\u2028b', 'a\u2029["images","x"]', '"\\', '{}', '😀'];
  const journal = await ScanJournal.open(path, 'question');
  for (const key of keys)
    await journal.addPage([{ kind: 'images', key }], { after: key, counts: noCounts() });
  await journal.close();
  const next = await ScanJournal.open(path, 'question');
  const found = [];
  for await (const { key } of next.files('images')) found.push(key);
  expect(found).toEqual(keys);
  expect(next.mark?.after).toBe('😀');
  await next.remove();
});
