import {
  createFolder,
  deleteFolder,
  getFolder,
  getFolderSummary,
  listSubfolders,
  listTopLevelFolders,
  moveFolders,
  patchFolder,
  patchFoldersBulk,
  searchFolders,
} from '@latchkey/contract/routes/folders';
import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { spooled } from './fixtures.js';
import {
  auditOf,
  folderOf,
  insertItems,
  insertPendingJob,
  names,
  nobody,
  share,
  walk,
} from './storage-fixtures.js';

let system: TestSystem;
let user: TestUser;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());
beforeEach(async () => {
  user = await system.createUser();
});

const folder = async (uuid: string, as: TestUser = user): Promise<TestJson> =>
  (await system.call(getFolder, { params: { folderUuid: uuid }, as })).body;

describe('creating a folder', () => {
  it('makes the creator its admin and answers every key of a folder', async () => {
    const { status, body } = await system.call(createFolder, {
      body: { name: 'Scans', description: 'of May', clientMetadata: '{"site": "A"}' },
      as: user,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      uuid: expect.any(String),
      parent: null,
      name: 'Scans',
      description: 'of May',
      clientMetadata: expect.any(String),
      owner: user.email,
      createdAt: expect.any(String),
      lastEditedAt: expect.any(String),
      userRole: 'admin',
      folderRole: 'admin',
      earliestExpiry: null,
      syncedDatasetHash: null,
      pathToRoot: [{ uuid: body.uuid, parentUuid: null, name: 'Scans', syncedDatasetHash: null }],
    });
    expect(JSON.parse(body.clientMetadata)).toEqual({ site: 'A' });
    expect(await folder(body.uuid)).toEqual(body);
  });

  it('takes null and absent for nothing, and either key case', async () => {
    const { body } = await system.call(createFolder, {
      body: {
        name: 'Plain',
        description: null,
        parent: null,
        client_metadata: null,
        cloudSyncedFolderParams: null,
      },
      as: user,
    });
    expect(body).toMatchObject({ description: '', parent: null, clientMetadata: null });
    const snake = await system.call(createFolder, {
      body: { name: 'x', client_metadata: { a: 1 } },
      as: user,
    });
    expect(JSON.parse(snake.body.clientMetadata)).toEqual({ a: 1 });
  });

  it('below a parent needs the admin role there, which it inherits', async () => {
    const other = await system.createUser();
    const parent = await folderOf(system, user, 'Parent');
    const create = (as: TestUser) => system.call(createFolder, { body: { name: 'Child', parent }, as });
    expect(await create(other)).toMatchObject({ status: 403, body: { code: 'folder_not_found' } });
    await share(system, parent, other, 'viewer');
    expect(await create(other)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const child = (await create(user)).body;
    expect(child).toMatchObject({ parent, userRole: 'admin' });
    expect(names(child.pathToRoot)).toEqual(['Child', 'Parent']);
    expect(await folder(child.uuid, other)).toMatchObject({ userRole: 'user' });
    const gone = await system.call(createFolder, { body: { name: 'x', parent: nobody }, as: user });
    expect(gone).toMatchObject({ status: 403, body: { code: 'folder_not_found' } });
  });

  it.each([
    ['text that is not JSON', '{a:1}'],
    ['a list', '[1]'],
    ['a key that starts with $', { $a: 1 }],
    ['a NUL character', { a: '\0' }],
    ['half of a surrogate pair', { a: '\ud800' }],
    ['too many levels', JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`)],
  ])('refuses client metadata with %s', async (_what, clientMetadata) => {
    const answer = await system.call(createFolder, { body: { name: 'x', clientMetadata }, as: user });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_client_metadata' } });
  });

  it('keeps a text that only looks like an escaped NUL', async () => {
    const metadata = { a: 'C:\\u0000' };
    const { body } = await system.call(createFolder, {
      body: { name: 'x', clientMetadata: metadata },
      as: user,
    });
    expect(JSON.parse(body.clientMetadata)).toEqual(metadata);
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['a NUL character in the name', { name: 'a\0b' }],
    ['a number as its name', { name: 7 }],
    ['an unknown field', { name: 'x', colour: 'red' }],
    ['a parent that is not a UUID', { name: 'x', parent: 'top' }],
  ])('refuses %s', async (_what, body) => {
    const answer = await system.call(createFolder, { body, as: user });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('who sees which folders', () => {
  it('shows a shared sub-folder at the top, without what lies above it', async () => {
    const other = await system.createUser();
    const root = await folderOf(system, user, 'Root');
    const middle = await folderOf(system, user, 'Middle', root);
    const leaf = await folderOf(system, user, 'Leaf', middle);
    await share(system, middle, other, 'viewer');
    const list = await system.call(listTopLevelFolders, { as: other });
    expect(names(list.body.results)).toEqual(['Middle']);
    expect(list.body.results[0]).toMatchObject({ parent: null, userRole: 'user' });
    const seen = await folder(leaf, other);
    expect(seen).toMatchObject({ parent: middle, userRole: 'user' });
    expect(seen.pathToRoot.map((element: TestJson) => [element.name, element.parentUuid])).toEqual([
      ['Leaf', middle],
      ['Middle', null],
    ]);
    expect(await system.call(getFolder, { params: { folderUuid: root }, as: other })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
    expect(names((await system.call(searchFolders, { as: other })).body.results)).toEqual(['Leaf', 'Middle']);
  });

  it('gives the highest role of all folders above, and lists a folder once', async () => {
    const other = await system.createUser();
    const root = await folderOf(system, user, 'Root');
    const child = await folderOf(system, user, 'Child', root);
    await share(system, root, other, 'admin');
    await share(system, child, other, 'viewer');
    expect(await folder(child, other)).toMatchObject({ userRole: 'admin', parent: root });
    expect(names((await system.call(listTopLevelFolders, { as: other })).body.results)).toEqual(['Root']);
  });

  it('shows organisation admins what is not shared with them where they ask for it', async () => {
    const root = await folderOf(system, user, `Only of ${user.uuid}`);
    const query = { search: user.uuid };
    const list = async (extra: object, as = system.admin) =>
      names((await system.call(listTopLevelFolders, { query: { ...query, ...extra }, as })).body.results);
    expect(await list({})).toEqual([]);
    expect(await list({ includeOrgAccess: true })).toEqual([`Only of ${user.uuid}`]);
    expect(await list({ includeOrgAccess: true }, await system.createUser())).toEqual([]);
    expect(await folder(root, system.admin)).toMatchObject({ userRole: 'admin' });
  });
});

describe('a list of folders', () => {
  const titles = ['b', 'a', 'B', 'a', 'ä', '100%', '100_', '1000'];
  let root: string;

  beforeEach(async () => {
    root = await folderOf(system, user, 'Root');
    for (const title of titles) await folderOf(system, user, title, root);
  });

  const list = async (query: Record<string, unknown>): Promise<TestJson> =>
    (await system.call(listSubfolders, { params: { folderUuid: root }, query, as: user })).body;

  it.each([1, 3, 8, 100])('walks all of it in order with pages of %i', async (pageSize) => {
    const by = (query: object) => walk((pageToken) => list({ ...query, pageSize, pageToken }));
    const sorted = [...titles].sort();
    expect(await by({})).toEqual(sorted);
    expect(await by({ order: 'name', desc: true })).toEqual([...sorted].reverse());
    expect(await by({ order: 'createdAt' })).toEqual(titles);
    expect(await by({ order: 'createdAt', desc: true })).toEqual([...titles].reverse());
  });

  it.each([
    ['%', ['100%']],
    ['_', ['100_']],
    ['\\', []],
    ['Ä', ['ä']],
    ['b', ['B', 'b']],
    ['', [...titles].sort()],
  ])('searches the text %j in names, whatever its case', async (search, found) => {
    expect(names((await list({ search })).results)).toEqual(found);
  });

  it('finds nothing in datasets, and refuses a search with a NUL character', async () => {
    expect(await list({ datasetSynced: true })).toEqual({ results: [], nextPageToken: null });
    expect((await list({ datasetSynced: false })).results).toHaveLength(titles.length);
    expect(await list({ search: '\0' })).toMatchObject({ code: 'invalid_request' });
  });

  it('goes below with isRecursive and does not hold the folder itself', async () => {
    const child = await folderOf(system, user, 'deep child', root);
    await folderOf(system, user, 'deep grandchild', child);
    const deep = await list({ search: 'deep', isRecursive: 'True' });
    expect(names(deep.results)).toEqual(['deep child', 'deep grandchild']);
    expect(names((await list({ search: 'deep', is_recursive: 'False' })).results)).toEqual(['deep child']);
    expect(names((await list({ search: 'Root', isRecursive: true })).results)).toEqual([]);
  });

  it('refuses a token of another list, order or filter and a broken one', async () => {
    const { nextPageToken } = await list({ pageSize: 1 });
    const refused = { code: 'invalid_page_token' };
    expect(await list({ pageToken: nextPageToken, desc: true })).toMatchObject(refused);
    expect(await list({ pageToken: nextPageToken, order: 'createdAt' })).toMatchObject(refused);
    expect(await list({ pageToken: nextPageToken, search: 'a' })).toMatchObject(refused);
    expect(
      (await system.call(listTopLevelFolders, { query: { pageToken: nextPageToken }, as: user })).body,
    ).toMatchObject(refused);
    for (const pageToken of ['x', nextPageToken.slice(4), Buffer.from('null').toString('base64url')])
      expect(await list({ pageToken })).toMatchObject(refused);
    expect(await list({ pageSize: 1001 })).toMatchObject({ code: 'invalid_request' });
    expect(await list({ pageSize: 0 })).toMatchObject({ code: 'invalid_request' });
  });
});

describe('changing folders', () => {
  it('changes what is given and leaves null and absent as they are', async () => {
    const uuid = await folderOf(system, user, 'Old');
    const patch = (body: object, as = user) =>
      system.call(patchFolder, { params: { folderUuid: uuid }, body: { ...body }, as });
    await patch({ description: 'kept', clientMetadata: { a: 1, b: 2 } });
    const { body } = await patch({ name: 'New', description: null, clientMetadata: null });
    expect(body).toMatchObject({ name: 'New', description: 'kept' });
    expect(JSON.parse(body.clientMetadata)).toEqual({ a: 1, b: 2 });
    const replaced = await patch({ client_metadata: { b: 3 }, description: '' });
    expect(replaced.body).toMatchObject({ name: 'New', description: '' });
    expect(JSON.parse(replaced.body.clientMetadata)).toEqual({ b: 3 });
    expect(await patch({ name: '' })).toMatchObject({ status: 400 });
    const other = await system.createUser();
    await share(system, uuid, other, 'viewer');
    expect(await patch({ name: 'x' }, other)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('changes many in one request, all or nothing, and answers in its order', async () => {
    const first = await folderOf(system, user, 'one');
    const second = await folderOf(system, user, 'two');
    const strange = await folderOf(system, await system.createUser(), 'three');
    const patch = (folderPatches: object) =>
      system.call(patchFoldersBulk, { body: { folderPatches }, as: user });
    const { status, body } = await patch({
      [second.toUpperCase()]: { name: '2', client_metadata: { n: 2 } },
      [first]: { name: '1' },
    });
    expect(status).toBe(200);
    expect(
      body.results.map((result: TestJson) => [
        result.uuid,
        result.name,
        result.clientMetadata && JSON.parse(result.clientMetadata),
      ]),
    ).toEqual([
      [second, '2', { n: 2 }],
      [first, '1', null],
    ]);
    expect(await patch({ [first]: { name: 'x' }, [strange]: { name: 'x' } })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found', details: { uuid: strange } },
    });
    expect(await patch({ [first]: { name: 'x' }, notAnId: { name: 'x' } })).toMatchObject({ status: 400 });
    expect(await patch({ [first]: { name: 'x' }, [second]: { clientMetadata: { '': 1 } } })).toMatchObject({
      status: 400,
    });
    expect(await folder(first)).toMatchObject({ name: '1' });
    expect(await patch({})).toMatchObject({ status: 200, body: { results: [] } });
  });
});

describe('moving folders', () => {
  const move = (folderUuids: string[], newParentUuid?: string | null, as = user) =>
    system.call(moveFolders, {
      body: { folderUuids, ...(newParentUuid === undefined ? {} : { newParentUuid }) },
      as,
    });
  const pathOf = async (uuid: string) => names((await folder(uuid)).pathToRoot).join(' < ');

  it('takes everything below along', async () => {
    const a = await folderOf(system, user, 'a');
    const b = await folderOf(system, user, 'b', a);
    const c = await folderOf(system, user, 'c', b);
    const target = await folderOf(system, user, 'target', await folderOf(system, user, 'top'));
    expect(await move([b], target)).toMatchObject({ status: 204 });
    expect(await pathOf(c)).toBe('c < b < target < top');
    expect((await folder(b)).parent).toBe(target);
    expect(await move([b, a, b], null)).toMatchObject({ status: 204 });
    expect(await pathOf(c)).toBe('c < b');
    expect(await move([c, b], a)).toMatchObject({ status: 204 });
    expect(await pathOf(c)).toBe('c < a');
    expect((await auditOf(system, 'folder.move')).at(-1)).toMatchObject({
      user_id: user.uuid,
      subject_id: a,
      details: { foldersCount: 2, newParentUuid: a },
    });
    expect(await move([], a)).toMatchObject({ status: 204 });
  });

  it('refuses to put a folder into itself or below itself', async () => {
    const a = await folderOf(system, user, 'a');
    const b = await folderOf(system, user, 'b', a);
    const other = await folderOf(system, user, 'other');
    const refused = { status: 409, body: { code: 'folder_move_into_itself' } };
    expect(await move([a], a)).toMatchObject(refused);
    expect(await move([other, a], b)).toMatchObject(refused);
    expect(await folder(other)).toMatchObject({ parent: null });
  });

  it('never makes a circle when two moves meet', async () => {
    for (let round = 0; round < 5; round += 1) {
      const a = await folderOf(system, user, 'a');
      const b = await folderOf(system, user, 'b');
      const answers = await Promise.all([move([a], b), move([b], a)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect([await pathOf(a), await pathOf(b)].sort()).toEqual(
        answers[0]?.status === 204 ? ['a < b', 'b'] : ['a', 'b < a'],
      );
    }
  });

  it('keeps the paths right when folders are made below what is moving', async () => {
    const a = await folderOf(system, user, 'a');
    const target = await folderOf(system, user, 'target');
    const [made] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, (_, index) => folderOf(system, user, `new ${index}`, a))),
      move([a], target),
    ]);
    for (const uuid of made) expect(await pathOf(uuid)).toMatch(/^new \d < a < target$/);
  });

  it('needs the admin role on the folder and on its new parent', async () => {
    const other = await system.createUser();
    const mine = await folderOf(system, other, 'mine');
    const shared = await folderOf(system, user, 'shared');
    expect(await move([mine], shared, other)).toMatchObject({ body: { code: 'folder_not_found' } });
    await share(system, shared, other, 'viewer');
    expect(await move([mine], shared, other)).toMatchObject({ body: { code: 'forbidden' } });
    expect(await move([shared], mine, other)).toMatchObject({ body: { code: 'forbidden' } });
    expect(await move([shared], null, other)).toMatchObject({ body: { code: 'forbidden' } });
    expect(await move([mine], nobody, other)).toMatchObject({ body: { code: 'folder_not_found' } });
    expect(await move([mine, nobody], null, other)).toMatchObject({ body: { code: 'folder_not_found' } });
  });

  it('leaves a folder that goes to the top to whoever moved it', async () => {
    const other = await system.createUser();
    const root = await folderOf(system, user, 'root');
    const child = await folderOf(system, user, 'child', root);
    await share(system, root, other, 'admin');
    expect(await move([child], null, other)).toMatchObject({ status: 204 });
    expect(await folder(child, other)).toMatchObject({ userRole: 'admin', parent: null });
  });
});

describe('deleting a folder', () => {
  const remove = (folderUuid: string, query = {}, as = user) =>
    system.call(deleteFolder, { params: { folderUuid }, query, as });
  const countRows = async (table: string, folders: readonly string[]): Promise<number> => {
    const text = `SELECT count(*) AS rows FROM ${table} WHERE folder_id = ANY ($1::uuid[])`;
    const rows = await system.context.db.query<{ rows: number }>({
      name: 'test.count',
      text,
      values: [folders],
    });
    return rows[0]?.rows ?? -1;
  };

  it('refuses one that is not empty, saying what is in it', async () => {
    const root = await folderOf(system, user, 'root');
    const child = await folderOf(system, user, 'child', root);
    await insertItems(system, user, child, [{ name: 'x' }]);
    const refused = (details: object) => ({ status: 409, body: { code: 'folder_not_empty', details } });
    expect(await remove(root)).toMatchObject(
      refused({ foldersCount: 1, itemsCount: 0, pendingUploadJobsCount: 0 }),
    );
    expect(await remove(child)).toMatchObject(refused({ foldersCount: 0, itemsCount: 1 }));
    const pending = await folderOf(system, user, 'pending');
    await insertPendingJob(system, user, pending);
    expect(await remove(pending, { recursive: false })).toMatchObject(refused({ pendingUploadJobsCount: 1 }));
    expect(await remove(await folderOf(system, user, 'empty'))).toMatchObject({ status: 204 });
  });

  it('deletes all below with recursive, ends pending jobs and removes their manifests', async () => {
    const root = await folderOf(system, user, 'root');
    const child = await folderOf(system, user, 'child', root);
    const beside = await folderOf(system, user, 'beside');
    await insertItems(system, user, root, [{ name: 'x' }, { name: 'y' }]);
    await insertItems(system, user, child, [{ name: 'z' }]);
    const [kept] = await insertItems(system, user, beside, [{ name: 'kept' }]);
    const job = await insertPendingJob(system, user, child);
    const poll = system.call(getUploadJob, {
      params: { folderUuid: child, jobUuid: job },
      query: { timeoutSeconds: 50 },
      as: user,
    });
    expect(await remove(root, { recursive: 'True' })).toMatchObject({ status: 204 });
    expect((await poll).status).toBeGreaterThanOrEqual(403);
    for (const table of ['items', 'folder_item_counts', 'folder_members', 'upload_jobs'])
      expect(await countRows(table, [root, child])).toBe(0);
    expect(await countRows('items', [beside])).toBe(1);
    expect(kept).toBeDefined();
    expect(await spooled(system)).not.toContain(`${job}.manifest`);
    expect(await folder(child)).toMatchObject({ code: 'folder_not_found' });
    expect((await auditOf(system, 'folder.delete')).at(-1)).toMatchObject({
      user_id: user.uuid,
      subject_id: root,
      details: {
        name: 'root',
        itemsCount: 3,
        foldersCount: 2,
        uploadJobsCount: 1,
        pendingUploadJobsCount: 1,
      },
    });
  });

  it('deletes more items than one statement takes', async () => {
    const root = await folderOf(system, user, 'many');
    await system.context.db.query({
      name: 'test.many',
      text: `INSERT INTO items (folder_id, id, type, name, url_head, identity_hash, created_by)
        SELECT $1, gen_random_uuid(), 'image', 'n' || n, 'https://acme.example/', decode(md5(n::text), 'hex'), $2 FROM generate_series(1, 40001) n`,
      values: [root, user.uuid],
    });
    expect(await remove(root, { recursive: true })).toMatchObject({ status: 204 });
    expect(await countRows('items', [root])).toBe(0);
  });

  it('needs the admin role', async () => {
    const root = await folderOf(system, user, 'root');
    const other = await system.createUser();
    await share(system, root, other, 'viewer');
    expect(await remove(root, { recursive: true }, other)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });
});

describe('the summary of a folder', () => {
  it('counts what is directly in it, also after moves and deletions', async () => {
    const root = await folderOf(system, user, 'root');
    const child = await folderOf(system, user, 'child', root);
    const summary = async (folderUuid: string) =>
      (await system.call(getFolderSummary, { params: { folderUuid }, as: user })).body;
    await insertItems(system, user, root, [
      { name: 'a', columns: { file_size: 5_000_000_000 } },
      { name: 'b', type: 'video', columns: { file_size: 7 } },
      { name: 'c', type: 'plainText' },
    ]);
    await insertItems(system, user, child, [{ name: 'd', type: 'pdf' }]);
    await insertPendingJob(system, user, root);
    expect(await summary(root)).toEqual({
      files: 3,
      folders: 1,
      videos: 1,
      images: 1,
      imageGroups: 0,
      imageSequences: 0,
      dicomFiles: 0,
      dicomSeries: 0,
      niftis: 0,
      timeSeries: 0,
      audios: 0,
      pdfs: 0,
      plainTexts: 1,
      scenes: 0,
      groups: 0,
      tombstones: 0,
      uploadJobs: 1,
      expiredItems: 0,
      itemsExpiringWithin7Days: 0,
      totalSize: 5_000_000_007,
    });
    expect(await summary(child)).toMatchObject({
      files: 1,
      folders: 0,
      pdfs: 1,
      uploadJobs: 0,
      totalSize: 0,
    });
  });
});
