import { getDataset, listDatasets } from '@latchkey/contract/routes/datasets';
import {
  createFolder,
  deleteFolder,
  getFolder,
  listTopLevelFolders,
  moveFolders,
  searchFolders,
} from '@latchkey/contract/routes/folders';
import {
  addGroupMembers,
  createGroup,
  deleteGroup,
  getGroup,
  removeGroupMember,
} from '@latchkey/contract/routes/groups';
import { getIntegration, listIntegrations } from '@latchkey/contract/routes/integrations';
import {
  deleteItems,
  getItemsBulk,
  listItems,
  patchItem,
  searchItems,
} from '@latchkey/contract/routes/items';
import {
  addDatasetGroups,
  addFolderGroups,
  addIntegrationGroups,
  listDatasetGroups,
  listFolderGroups,
  listFolderMembers,
  removeDatasetGroups,
  removeFolderGroups,
  removeFolderMember,
  removeIntegrationGroups,
  setDatasetMember,
  setFolderMember,
} from '@latchkey/contract/routes/sharing';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { images, newIntegration } from './fixtures.js';
import { auditOf, folderOf, insertItems, names, newDataset, nobody } from './storage-fixtures.js';

let system: TestSystem;
let owner: TestUser;
let member: TestUser;
let folder: string;
let below: string;
let item: string;
let group: string;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  owner = await system.createUser();
});
let number = 0;
/** A folder of the owner with a folder below that has an item, and a group of one member. */
beforeEach(async () => {
  number += 1;
  member = await system.createUser();
  folder = await folderOf(system, owner, `Folder ${number}`);
  below = await folderOf(system, owner, `Below ${number}`, folder);
  [item = ''] = await insertItems(system, owner, below, [{ name: `item ${number}` }]);
  group = await newGroup(`Group ${number}`, member);
});
afterAll(() => system.close());

async function newGroup(name: string, ...users: readonly TestUser[]): Promise<string> {
  const { groupHash } = (await system.call(createGroup, { body: { name } })).body;
  const userUuids = users.map(({ uuid }) => uuid);
  await system.call(addGroupMembers, { params: { groupHash }, body: { userUuids } });
  return groupHash;
}

const share = (folderUuid: string, role: object, groupHashList = [group], as = owner) =>
  system.call(addFolderGroups, { params: { folderUuid }, body: { groupHashList, ...role }, as });
const unshare = (folderUuid: string, groupHashList: unknown = [group]) =>
  system.call(removeFolderGroups, { params: { folderUuid }, query: { groupHashList }, as: owner });
const setMember = (folderUuid: string, user: TestUser, folderRole: string, as = owner) =>
  system.call(setFolderMember, { params: { folderUuid }, body: { userEmail: user.email, folderRole }, as });
const removeMember = (folderUuid: string, user: TestUser, as = owner) =>
  system.call(removeFolderMember, { params: { folderUuid, userUuid: user.uuid }, as });
const roleIn = async (folderUuid: string, as = member) => {
  const { status, body } = await system.call(getFolder, { params: { folderUuid }, as });
  return status === 200 ? body.folderRole : status;
};

describe('a folder that is shared with a group', () => {
  it('is seen by its members, with all below it, wherever folders and items are listed', async () => {
    expect(await roleIn(below)).toBe(403);
    expect((await share(folder, { folderRole: 'viewer' })).status).toBe(204);
    expect(await roleIn(below)).toBe('viewer');
    const topLevel = await system.call(listTopLevelFolders, { as: member });
    expect(names(topLevel.body.results)).toEqual([`Folder ${number}`]);
    const found = await system.call(searchFolders, { as: member });
    expect(names(found.body.results)).toEqual([`Below ${number}`, `Folder ${number}`]);
    const { body } = await system.call(getFolder, { params: { folderUuid: below }, as: member });
    expect(body).toMatchObject({ userRole: 'user', parent: folder });
    const listed = await system.call(listItems, { params: { folderUuid: below }, as: member });
    expect(names(listed.body.results)).toEqual([`item ${number}`]);
    const searched = await system.call(searchItems, { query: { search: `item ${number}` }, as: member });
    expect(names(searched.body.results)).toEqual([`item ${number}`]);
    const bulk = await system.call(getItemsBulk, { body: { itemUuids: [item] }, as: member });
    expect(names(bulk.body.results)).toEqual([`item ${number}`]);
  });

  it.each(['the group loses its role', 'the member leaves the group', 'the group is deleted'])(
    'is no longer seen once %s',
    async (end) => {
      await share(folder, { folderRole: 'admin' });
      expect(await roleIn(below)).toBe('admin');
      const params = { groupHash: group };
      if (end === 'the group loses its role') await unshare(folder);
      if (end === 'the member leaves the group')
        await system.call(removeGroupMember, { params: { ...params, userUuid: member.uuid } });
      if (end === 'the group is deleted') await system.call(deleteGroup, { params });
      expect(await roleIn(below)).toBe(403);
      expect(
        (await system.call(searchItems, { query: { search: 'item' }, as: member })).body.results,
      ).toEqual([]);
    },
  );

  it('gives the highest of all roles that a user has there and above', async () => {
    const other = await newGroup(`Other ${number}`, member);
    await setMember(folder, member, 'viewer');
    await share(below, { folderRole: 'editor' });
    await share(folder, { folderRole: 'viewer' }, [other]);
    expect([await roleIn(folder), await roleIn(below)]).toEqual(['viewer', 'editor']);
    await share(folder, { folderRole: 'admin' }, [other]);
    expect([await roleIn(folder), await roleIn(below)]).toEqual(['admin', 'admin']);
  });
});

describe('sharing with groups as the official client does it', () => {
  it('takes user for a viewer, lists the groups with their roles, and takes them away by the query', async () => {
    const second = await newGroup(`Second ${number}`);
    expect((await share(folder, { userRole: 'user' }, [group.toUpperCase(), group])).status).toBe(204);
    expect((await share(folder, { user_role: 'admin' }, [second])).status).toBe(204);
    const list = async () =>
      (await system.call(listFolderGroups, { params: { folderUuid: folder }, as: owner })).body.results;
    const common = { description: '', providerGroup: null, isSameOrganisation: true, inheritedFrom: null };
    expect(await list()).toEqual([
      {
        groupHash: group,
        name: `Group ${number}`,
        createdAt: expect.any(String),
        membersCount: 1,
        userRole: 'user',
        folderRole: 'viewer',
        ...common,
      },
      {
        groupHash: second,
        name: `Second ${number}`,
        createdAt: expect.any(String),
        membersCount: 0,
        userRole: 'admin',
        folderRole: 'admin',
        ...common,
      },
    ]);
    expect((await unshare(folder, [group, second])).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('refuses groups that do not exist, roles that do not exist, and what was not shared, and changes nothing', async () => {
    const missing = { status: 404, body: { code: 'group_not_found', details: { uuid: nobody } } };
    const invalid = { status: 400, body: { code: 'invalid_request' } };
    expect(await share(folder, { userRole: 'user' }, [group, nobody])).toMatchObject(missing);
    expect(await share(folder, { userRole: 'owner' })).toMatchObject(invalid);
    expect(await share(folder, {})).toMatchObject(invalid);
    expect(await roleIn(folder)).toBe(403);
    expect(await unshare(folder)).toMatchObject({ status: 404, body: { code: 'group_not_found' } });
  });

  it('numbers the roles on datasets', async () => {
    const datasetUuid = await newDataset(system, owner);
    const params = { datasetUuid };
    const isListed = async () =>
      (await system.call(listDatasets, { as: member })).body.result.some(
        (dataset: { datasetUuid: string }) => dataset.datasetUuid === datasetUuid,
      );
    const give = (userRole: unknown) =>
      system.call(addDatasetGroups, { params, body: { groupHashList: [group], userRole }, as: owner });
    for (const [given, number, role] of [
      [1, 1, 'user'],
      [0, 0, 'admin'],
      ['user', 1, 'user'],
      ['admin', 0, 'admin'],
    ] as const) {
      expect((await give(given)).status).toBe(204);
      const { results } = (await system.call(listDatasetGroups, { params, as: member })).body;
      expect(results).toMatchObject([{ groupHash: group, userRole: number, datasetRole: role }]);
      expect((await system.call(getDataset, { params, as: member })).body.userRole).toBe(role);
    }
    for (const wrong of [2, '1', null, 'viewer'])
      expect(await give(wrong)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await isListed()).toBe(true);
    await system.call(removeDatasetGroups, { params, query: { groupHashList: [group] }, as: owner });
    expect(await isListed()).toBe(false);
    expect((await system.call(getDataset, { params, as: member })).status).toBe(403);
  });
});

describe('an integration that is shared with a group', () => {
  it('registers for its members, as long as it is', async () => {
    const integrationUuid = await newIntegration(system, {}, owner);
    const params = { integrationUuid };
    await share(folder, { folderRole: 'editor' });
    const register = async () =>
      (await system.register(folder, integrationUuid, { images: images(1) }, { as: member })).status;
    expect(await register()).toBe(403);
    const body = { groupHashList: [group], userRole: 'user' };
    expect((await system.call(addIntegrationGroups, { params, body, as: owner })).status).toBe(204);
    expect((await system.call(getIntegration, { params, as: member })).body.userRole).toBe('user');
    expect((await system.call(listIntegrations, { as: member })).body.result).toHaveLength(1);
    expect(await register()).toBe(200);
    await system.call(removeIntegrationGroups, { params, query: { groupHashList: [group] }, as: owner });
    expect(await register()).toBe(403);
    expect((await system.call(listIntegrations, { as: member })).body.result).toEqual([]);
  });
});

describe('roles in a folder', () => {
  const change = (folderUuid: string) =>
    system.call(patchItem, { params: { folderUuid, itemUuid: item }, body: { name: 'New' }, as: member });
  const addFolder = (parent: string) =>
    system.call(createFolder, { body: { name: 'Made', parent }, as: member });

  it('let a viewer look and change nothing', async () => {
    await setMember(folder, member, 'viewer');
    expect((await change(below)).status).toBe(403);
    expect((await addFolder(folder)).status).toBe(403);
    expect((await setMember(folder, await system.createUser(), 'viewer', member)).status).toBe(403);
  });

  it('let an editor change what is in it, and neither share, move nor delete the folder itself', async () => {
    await setMember(folder, member, 'editor');
    expect((await change(below)).status).toBe(200);
    const made: string = (await addFolder(folder)).body.uuid;
    expect(await share(folder, { folderRole: 'viewer' }, [group], member)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const toTop = { body: { folderUuids: [below], newParentUuid: null }, as: member };
    expect((await system.call(moveFolders, toTop)).status).toBe(403);
    expect((await system.call(deleteFolder, { params: { folderUuid: folder }, as: member })).status).toBe(
      403,
    );
    const parts = { params: { folderUuid: folder }, body: { childUuids: [made] }, as: member };
    expect((await system.call(deleteItems, parts)).status).toBe(200);
  });

  it('let an admin move a folder to where he edits', async () => {
    const target = await folderOf(system, owner, 'Target');
    const move = () =>
      system.call(moveFolders, { body: { folderUuids: [below], newParentUuid: target }, as: member });
    await setMember(below, member, 'admin');
    await setMember(target, member, 'viewer');
    expect((await move()).status).toBe(403);
    await setMember(target, member, 'editor');
    expect((await move()).status).toBe(204);
  });
});

describe('members of a folder', () => {
  const list = async (folderUuid: string, as: TestUser) =>
    (
      await system.call(listFolderMembers, {
        params: { folderUuid },
        query: { includeInherited: true },
        as,
      })
    ).body.result;

  it('are listed with those of the folders above, which are named to whom may see them', async () => {
    await setMember(below, member, 'viewer');
    const own = {
      userUuid: member.uuid,
      email: member.email,
      name: '',
      folderRole: 'viewer',
      inheritedFrom: null,
    };
    const inherited = { userUuid: owner.uuid, email: owner.email, name: '', folderRole: 'admin' };
    expect(await list(below, owner)).toEqual([
      own,
      { ...inherited, inheritedFrom: { folderUuid: folder, name: `Folder ${number}` } },
    ]);
    expect(await list(below, member)).toEqual([
      own,
      { ...inherited, inheritedFrom: { folderUuid: null, name: null } },
    ]);
    await share(folder, { folderRole: 'editor' });
    const groups = await system.call(listFolderGroups, {
      params: { folderUuid: below },
      query: { includeInherited: true },
      as: owner,
    });
    expect(groups.body.results).toMatchObject([
      { groupHash: group, folderRole: 'editor', inheritedFrom: { folderUuid: folder } },
    ]);
  });

  it('change their role and are taken away, which the audit log tells', async () => {
    await setMember(folder, member, 'viewer');
    expect((await setMember(folder, member, 'editor')).body).toMatchObject({ folderRole: 'editor' });
    expect(await roleIn(below)).toBe('editor');
    expect((await removeMember(folder, member)).status).toBe(204);
    expect(await roleIn(below)).toBe(403);
    expect(await removeMember(folder, member)).toMatchObject({
      status: 404,
      body: { code: 'user_not_found' },
    });
    expect((await auditOf(system, 'folder.set-member')).at(-1)).toMatchObject({
      user_id: owner.uuid,
      subject_id: folder,
      details: { userUuid: member.uuid, userRole: 'editor' },
    });
    expect((await auditOf(system, 'folder.remove-member')).at(-1)).toMatchObject({ subject_id: folder });
  });

  it('always have an administrator among them or above', async () => {
    const refusal = { status: 409, body: { code: 'folder_last_admin' } };
    expect(await removeMember(folder, owner)).toMatchObject(refusal);
    expect(await setMember(folder, owner, 'editor')).toMatchObject(refusal);
    await setMember(below, member, 'admin');
    expect((await removeMember(below, member)).status).toBe(204);
    const datasetUuid = await newDataset(system, owner);
    const demotion = { params: { datasetUuid }, body: { userEmail: owner.email, userRole: 'user' as const } };
    expect(await system.call(setDatasetMember, { ...demotion, as: owner })).toMatchObject({
      status: 409,
      body: { code: 'dataset_last_admin' },
    });
  });

  it('keep one administrator where two take each other away at the same time', async () => {
    await setMember(folder, member, 'admin');
    const answers = await Promise.all([removeMember(folder, member), removeMember(folder, owner, member)]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const left = (await list(folder, system.admin)).map(({ email }: { email: string }) => email);
    expect(left).toHaveLength(1);
  });
});

describe('a group', () => {
  it('tells organisation admins how much is shared with it', async () => {
    await share(folder, { folderRole: 'viewer' });
    await share(below, { folderRole: 'editor' });
    const { body } = await system.call(getGroup, { params: { groupHash: group } });
    expect(body).toMatchObject({ membersCount: 1, foldersCount: 2, datasetsCount: 0, integrationsCount: 0 });
  });
});
