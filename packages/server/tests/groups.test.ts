import {
  addGroupMembers,
  createGroup,
  deleteGroup,
  listGroupMembers,
  listGroups,
  patchGroup,
  removeGroupMember,
} from '@latchkey/contract/routes/groups';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf, nobody } from './storage-fixtures.js';

let system: TestSystem;
let users: [TestUser, TestUser];
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  users = [await system.createUser(), await system.createUser()];
});
afterAll(() => system.close());

const create = (body: { name: string; description?: string | null }) => system.call(createGroup, { body });
const add = (groupHash: string, userUuids: readonly string[]) =>
  system.call(addGroupMembers, { params: { groupHash }, body: { userUuids } });
const emailsOf = async (groupHash: string) =>
  (await system.call(listGroupMembers, { params: { groupHash } })).body.result.map(
    ({ email }: TestJson) => email,
  );

describe('groups', () => {
  it('are created, renamed and described, and listed by name for every user', async () => {
    const { body } = await create({ name: 'Zoologists', description: 'Know animals' });
    await create({ name: 'Botanists' });
    const groupHash: string = body.groupHash;
    await system.call(patchGroup, { params: { groupHash }, body: { name: 'Ornithologists' } });
    const listed = await system.call(listGroups, { as: users[0] });
    expect(listed.body.results).toMatchObject([
      { name: 'Botanists', description: '', membersCount: 0 },
      { groupHash, name: 'Ornithologists', description: 'Know animals', membersCount: 0 },
    ]);
    expect((await auditOf(system, 'group.change')).at(-1)).toMatchObject({
      subject_id: groupHash,
      details: { name: 'Ornithologists' },
    });
  });

  it('have names that differ', async () => {
    const taken = { status: 409, body: { code: 'group_name_taken' } };
    await create({ name: 'Taken' });
    expect(await create({ name: 'Taken' })).toMatchObject(taken);
    const { groupHash } = (await create({ name: 'Free' })).body;
    expect(await system.call(patchGroup, { params: { groupHash }, body: { name: 'Taken' } })).toMatchObject(
      taken,
    );
  });

  it('take users in, once, and let them go', async () => {
    const { groupHash } = (await create({ name: 'Members' })).body;
    const [first, second] = users;
    expect((await add(groupHash, [first.uuid])).body).toEqual({ addedCount: 1, presentCount: 0 });
    expect((await add(groupHash, [first.uuid.toUpperCase(), second.uuid, second.uuid])).body).toEqual({
      addedCount: 1,
      presentCount: 1,
    });
    expect(await emailsOf(groupHash)).toEqual([first.email, second.email].sort());
    const leave = () =>
      system.call(removeGroupMember, { params: { groupHash, userUuid: first.uuid.toUpperCase() } });
    expect((await leave()).status).toBe(204);
    expect(await leave()).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
    expect(await emailsOf(groupHash)).toEqual([second.email]);
    const entries = await auditOf(system, 'group.add-members');
    expect(entries.map(({ details }) => details)).toEqual([
      { userUuids: [first.uuid] },
      { userUuids: [second.uuid] },
    ]);
  });

  it('take in nobody where one of the users does not exist', async () => {
    const { groupHash } = (await create({ name: 'All or nothing' })).body;
    const answer = await add(groupHash, [users[0].uuid, nobody]);
    expect(answer).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
    expect(answer.body.message).toContain(nobody);
    expect(await emailsOf(groupHash)).toEqual([]);
  });

  it('are deleted with their memberships', async () => {
    const { groupHash } = (await create({ name: 'Old' })).body;
    await add(groupHash, [users[0].uuid]);
    const remove = () => system.call(deleteGroup, { params: { groupHash } });
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 404, body: { code: 'group_not_found' } });
    expect((await auditOf(system, 'group.delete')).at(-1)).toMatchObject({
      subject_id: groupHash,
      details: { name: 'Old', membersCount: 1 },
    });
  });
});
