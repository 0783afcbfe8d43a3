import { createHash } from 'node:crypto';
import { findKnownObjects } from '@latchkey/contract/routes/upload-jobs';
import { locate } from '@latchkey/locator/locate';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { run } from './registration-fixtures.js';

let system: TestSystem;
let folder: string;
beforeAll(async () => {
  system = await startTestSystem();
  folder = await newFolder(system);
  const integration = await newIntegration(system, { strictClientOnly: true });
  await run(system, folder, integration, { images: images(2) });
  await run(system, folder, integration, { images: images(1) });
});
afterAll(() => system.close());

/** As whoever previews a manifest makes it. */
function identityHash(objectUrl: string): string {
  const located = locate(objectUrl);
  if (!located.ok) throw new Error(located.problem);
  return createHash('sha256').update(located.url.identity).digest('hex').slice(0, 32);
}
const find = (identityHashes: readonly string[], folderUuid = folder) =>
  system.call(findKnownObjects, { params: { folderUuid }, body: { identityHashes: [...identityHashes] } });

describe('known objects of a folder', () => {
  it('are told by their digests, however they are signed, each once and the oldest', async () => {
    const [twice, once] = ['img/0.jpg', 'img/1.jpg'].map((key) =>
      identityHash(signedUrl(key, 'ff', '21260305T120000Z')),
    );
    const { status, body } = await find([String(twice), String(once), identityHash(signedUrl('img/9.jpg'))]);
    expect(status).toBe(200);
    const rows = await system.context.db.query<{ id: string; name: string }>({
      name: 'test.items',
      text: 'SELECT id, name FROM items WHERE folder_id = $1 ORDER BY id',
      values: [folder],
    });
    const oldest = (name: string) => rows.find((row) => row.name === name)?.id;
    const expiresAt = '2126-03-08T12:00:00.000Z';
    expect(
      body.known.toSorted((a: { itemUuid: string }, b: { itemUuid: string }) =>
        a.itemUuid < b.itemUuid ? -1 : 1,
      ),
    ).toEqual([
      { identityHash: twice, itemUuid: oldest('image 000000'), expiresAt, isSigned: true },
      { identityHash: once, itemUuid: oldest('image 000001'), expiresAt, isSigned: true },
    ]);
  });

  it('are none in another folder', async () => {
    const other = await newFolder(system);
    expect((await find([identityHash(signedUrl('img/0.jpg'))], other)).body).toEqual({ known: [] });
  });

  it('are asked for by digests alone, and by so many at once', async () => {
    expect(await find(['https://a.example/x?sig=secret'])).toMatchObject({ status: 400 });
    expect(await find(Array.from({ length: 5001 }, () => '0'.repeat(32)))).toMatchObject({ status: 400 });
  });
});
