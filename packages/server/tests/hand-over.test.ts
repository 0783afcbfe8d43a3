import { getDataset } from '@latchkey/contract/routes/datasets';
import { getFolder } from '@latchkey/contract/routes/folders';
import { addGroupMembers, createGroup } from '@latchkey/contract/routes/groups';
import { getIntegration } from '@latchkey/contract/routes/integrations';
import { listNotifications } from '@latchkey/contract/routes/notifications';
import { listUsers } from '@latchkey/contract/routes/session';
import { addFolderGroups, listFolderMembers, removeFolderMember } from '@latchkey/contract/routes/sharing';
import {
  deactivateUser,
  handOverUser,
  previewHandOver,
  reactivateUser,
} from '@latchkey/contract/routes/users';
import { createWebhook } from '@latchkey/contract/routes/webhooks';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { images, jobResult, newIntegration } from './fixtures.js';
import { countRows } from './registration-fixtures.js';
import {
  auditOf,
  folderOf,
  insertItems,
  newDataset,
  nobody,
  share,
  shareDataset,
} from './storage-fixtures.js';

let system: TestSystem;
let leaving: TestUser;
let receiver: TestUser;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());
beforeEach(async () => {
  leaving = await system.createUser();
  receiver = await system.createUser();
});

const preview = async () => (await system.call(previewHandOver, { params: { userUuid: leaving.uuid } })).body;
const deactivate = (body: object = {}) =>
  system.call(deactivateUser, { params: { userUuid: leaving.uuid }, body });
const handOver = (toUserUuid = receiver.uuid) =>
  system.call(handOverUser, { params: { userUuid: leaving.uuid }, body: { toUserUuid } });
const membersOf = async (folderUuid: string): Promise<TestJson[]> =>
  (await system.call(listFolderMembers, { params: { folderUuid } })).body.result.map(
    ({ userUuid, folderRole }: TestJson) => [userUuid, folderRole],
  );
const roles = (...members: [TestUser, string][]) =>
  members.sort(([a], [b]) => (a.email < b.email ? -1 : 1)).map(([user, role]) => [user.uuid, role]);

describe('handing over', () => {
  it('gives another user what a deactivated one administers, with the deactivation', async () => {
    const folder = await folderOf(system, leaving, 'Theirs');
    const below = await folderOf(system, leaving, 'Below', folder);
    const dataset = await newDataset(system, leaving);
    const integration = await newIntegration(system, {}, leaving);
    const counts = { foldersCount: 1, datasetsCount: 1, integrationsCount: 1, webhooksCount: 0 };
    expect(await preview()).toEqual({ ...counts, notificationsCount: 0, runningJobsCount: 0 });
    expect(await deactivate({ handOverToUserUuid: receiver.uuid })).toMatchObject({
      status: 200,
      body: {
        user: { deactivatedAt: expect.any(String), handedOverToUuid: receiver.uuid },
        handedOver: { ...counts, notificationsCount: 0 },
      },
    });
    expect(await membersOf(folder)).toEqual(roles([receiver, 'admin']));
    expect((await system.call(getFolder, { params: { folderUuid: below }, as: receiver })).status).toBe(200);
    const asReceiver = { as: receiver };
    expect(
      (await system.call(getDataset, { params: { datasetUuid: dataset }, ...asReceiver })).body.userRole,
    ).toBe('admin');
    expect(
      (await system.call(getIntegration, { params: { integrationUuid: integration }, ...asReceiver })).body
        .userRole,
    ).toBe('admin');
    expect(await preview()).toMatchObject({ foldersCount: 0, datasetsCount: 0, integrationsCount: 0 });
    expect((await auditOf(system, 'user.hand-over')).at(-1)).toMatchObject({
      user_id: system.admin.uuid,
      subject_id: leaving.uuid,
      details: {
        toUserUuid: receiver.uuid,
        folderUuids: [folder],
        datasetUuids: [dataset],
        integrationUuids: [integration],
      },
    });
  });

  it('leaves what is shared with others in another role, and gives on what nobody else has', async () => {
    const admin = await system.createUser();
    const shared = await folderOf(system, admin, 'Shared');
    await share(system, shared, leaving, 'editor');
    const alone = await folderOf(system, admin, 'Alone');
    await share(system, alone, leaving, 'viewer');
    const dataset = await newDataset(system, admin);
    await shareDataset(system, dataset, leaving, 'user');
    await deactivate();
    expect(await preview()).toMatchObject({ foldersCount: 0, datasetsCount: 0 });
    // Their administrator leaves as well; in the first folder a group is left.
    const { groupHash } = (await system.call(createGroup, { body: { name: 'Left' } })).body;
    await system.call(addGroupMembers, { params: { groupHash }, body: { userUuids: [receiver.uuid] } });
    await system.call(addFolderGroups, {
      params: { folderUuid: shared },
      body: { groupHashList: [groupHash], folderRole: 'viewer' },
    });
    await system.call(deactivateUser, { params: { userUuid: admin.uuid }, body: {} });
    expect(await preview()).toMatchObject({ foldersCount: 1, datasetsCount: 1 });
    await handOver();
    expect(await membersOf(shared)).toEqual(roles([admin, 'admin'], [leaving, 'editor']));
    expect(await membersOf(alone)).toEqual(roles([admin, 'admin'], [receiver, 'admin']));
  });

  it('makes a user who had a lesser role an administrator', async () => {
    const folder = await folderOf(system, leaving, 'Theirs');
    await share(system, folder, receiver, 'viewer');
    await deactivate();
    await handOver();
    expect(await membersOf(folder)).toEqual(roles([receiver, 'admin']));
  });

  it('leaves an active administrator, who cannot be taken away', async () => {
    const other = await system.createUser();
    const folder = await folderOf(system, leaving, 'Theirs');
    await share(system, folder, other, 'admin');
    await deactivate();
    const remove = () =>
      system.call(removeFolderMember, { params: { folderUuid: folder, userUuid: other.uuid } });
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'folder_last_admin' } });
    const [, removed] = await Promise.all([handOver(), remove()]);
    expect(await membersOf(folder)).toEqual(
      removed.status === 204 ? roles([receiver, 'admin']) : roles([receiver, 'admin'], [other, 'admin']),
    );
  });

  it('takes webhooks and what is news about the folders along', async () => {
    const admin = await system.createUser('admin');
    leaving = admin;
    const body = { url: 'https://hooks.example.com/x', events: ['uploadJob.finished'] };
    expect((await system.call(createWebhook, { body, as: leaving })).status).toBe(200);
    const folder = await folderOf(system, leaving, 'Theirs');
    const integration = await newIntegration(system, {}, leaving);
    await system.register(folder, integration, { images: images(1) }, { as: leaving });
    expect(await preview()).toMatchObject({ webhooksCount: 1, notificationsCount: 1, runningJobsCount: 1 });
    await deactivate({ handOverToUserUuid: receiver.uuid });
    expect(await countRows(system, 'webhooks', `created_by = '${receiver.uuid}'`)).toBe(1);
    expect((await system.call(listNotifications, { as: receiver })).body.results).toMatchObject([
      { kind: 'uploadJob', uploadJob: { status: 'PENDING' } },
    ]);
  });

  it('lets running jobs use what they could use before', async () => {
    const folder = await folderOf(system, leaving, 'Theirs');
    const imageItems = await insertItems(system, leaving, folder, [{ name: 'a.jpg' }, { name: 'b.jpg' }]);
    const integration = await newIntegration(system, {}, leaving);
    const manifest = { image_groups_from_items: [{ title: 'group', imageItems, createVideo: false }] };
    const job = await system.register(folder, integration, manifest, { as: leaving });
    await deactivate({ handOverToUserUuid: receiver.uuid });
    system.startWorker();
    expect(await jobResult(system, folder, job.body)).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 1,
      unitsErrorCount: 0,
    });
  });

  it('is not taken back when the user is active again', async () => {
    const folder = await folderOf(system, leaving, 'Theirs');
    await deactivate({ handOverToUserUuid: receiver.uuid });
    await system.call(reactivateUser, { params: { userUuid: leaving.uuid } });
    expect((await system.call(getFolder, { params: { folderUuid: folder }, as: leaving })).status).toBe(403);
    const { result } = (await system.call(listUsers)).body;
    expect(result.find(({ uuid }: TestJson) => uuid === leaving.uuid).handedOverToUuid).toBeNull();
  });

  it('happens with the deactivation or not at all', async () => {
    const gone = await system.createUser();
    await system.call(deactivateUser, { params: { userUuid: gone.uuid }, body: {} });
    const refusals = [
      [gone.uuid, 409, 'user_not_active'],
      [leaving.uuid, 409, 'user_not_active'],
      [nobody, 404, 'user_not_found'],
    ] as const;
    for (const [handOverToUserUuid, status, code] of refusals)
      expect(await deactivate({ handOverToUserUuid })).toMatchObject({ status, body: { code } });
    expect(await countRows(system, 'users', `id = '${leaving.uuid}' AND deactivated_at IS NULL`)).toBe(1);
    expect(await handOver()).toMatchObject({ status: 409, body: { code: 'user_active' } });
  });
});
