import {
  getIntegration,
  listIntegrationMembers,
  removeIntegrationMember,
  setIntegrationMember,
} from '@latchkey/contract/routes/integrations';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newIntegration } from './fixtures.js';
import { auditOf } from './storage-fixtures.js';

let system: TestSystem;
let owner: TestUser;
let other: TestUser;
let integrationUuid: string;
beforeAll(async () => {
  system = await startTestSystem();
  [owner, other] = [await system.createUser(), await system.createUser()];
});
beforeEach(async () => {
  integrationUuid = await newIntegration(system, {}, owner);
});
afterAll(() => system.close());

const set = (userEmail: string, userRole: 'user' | 'admin', as = owner) =>
  system.call(setIntegrationMember, { params: { integrationUuid }, body: { userEmail, userRole }, as });
const remove = (userUuid: string, as = owner) =>
  system.call(removeIntegrationMember, { params: { integrationUuid, userUuid }, as });
const rolesOf = async () =>
  Object.fromEntries(
    (await system.call(listIntegrationMembers, { params: { integrationUuid }, as: owner })).body.result.map(
      ({ email, userRole }: { email: string; userRole: string }) => [email, userRole],
    ),
  );
const statusFor = async (as: TestUser) =>
  (await system.call(getIntegration, { params: { integrationUuid }, as })).status;

describe('members of an integration', () => {
  it('are added by their e-mail address, change their role, and are taken away', async () => {
    expect(await statusFor(other)).toBe(403);
    expect(await set(other.email.toUpperCase(), 'user')).toMatchObject({
      status: 200,
      body: { userUuid: other.uuid, email: other.email, userRole: 'user' },
    });
    expect(await statusFor(other)).toBe(200);
    expect((await set(owner.email, 'user', other)).status).toBe(403);
    await set(other.email, 'admin');
    expect(await rolesOf()).toEqual({ [owner.email]: 'admin', [other.email]: 'admin' });
    expect((await remove(other.uuid)).status).toBe(204);
    expect(await rolesOf()).toEqual({ [owner.email]: 'admin' });
    expect(await statusFor(other)).toBe(403);
    expect((await auditOf(system, 'integration.remove-member')).map(({ details }) => details)).toContainEqual(
      { userUuid: other.uuid },
    );
  });

  it('are users of this server', async () => {
    expect(await set('nobody@example.com', 'user')).toMatchObject({
      status: 404,
      body: { code: 'user_not_found' },
    });
    expect(await remove(other.uuid)).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  });

  it('always have an administrator among them', async () => {
    await set(other.email, 'user');
    const refusal = { status: 409, body: { code: 'integration_last_admin' } };
    expect(await set(owner.email, 'user')).toMatchObject(refusal);
    expect(await remove(owner.uuid)).toMatchObject(refusal);
    expect(await rolesOf()).toEqual({ [owner.email]: 'admin', [other.email]: 'user' });
  });
});
