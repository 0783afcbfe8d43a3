import { allRoutes } from '@latchkey/contract/routes/all';
import { createFolder } from '@latchkey/contract/routes/folders';
import { getItemsBulk } from '@latchkey/contract/routes/items';
import {
  createApiToken,
  getBearerToken,
  getCurrentUser,
  listApiTokens,
} from '@latchkey/contract/routes/session';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nobody } from './storage-fixtures.js';

let system: TestSystem;
let reader: TestUser;

beforeAll(async () => {
  const off = { LATCHKEY_USER_REQUESTS_PER_SECOND: 'off' };
  system = await startTestSystem({ worker: false, environment: off });
  const { body } = await system.call(createApiToken, { body: { title: 'reader', scope: 'read' } });
  reader = { ...system.admin, token: body.token };
});
afterAll(() => system.close());

const reading = ['getItemsBulk', 'findKnownObjects', 'exportItems'];
const changing = allRoutes.filter(
  ({ method, operationId }) => method !== 'GET' && !reading.includes(operationId),
);

describe('a token that may only read', () => {
  it.each(changing.map((route) => [route.operationId, route] as const))(
    'does not %s',
    async (_name, route) => {
      const response = await fetch(system.baseUrl + route.path.replace(/\{\w+\}/g, nobody), {
        method: route.method,
        headers: { authorization: `Bearer ${reader.token}` },
      });
      expect([response.status, (await response.json()).code]).toEqual([403, 'token_reads_only']);
    },
  );

  it('reads, also many objects at once', async () => {
    expect(await system.call(getCurrentUser, { as: reader })).toMatchObject({ status: 200 });
    expect(await system.call(getItemsBulk, { body: { itemUuids: [] }, as: reader })).toMatchObject({
      status: 200,
    });
    expect((await system.call(listApiTokens)).body.result).toMatchObject([
      { scope: 'all' },
      { scope: 'read' },
    ]);
  });

  it('gives no token that may do more', async () => {
    const { token } = (await system.call(getBearerToken, { as: reader })).body;
    const exchanged = { ...reader, token };
    expect(await system.call(getCurrentUser, { as: exchanged })).toMatchObject({ status: 200 });
    expect(await system.call(createFolder, { body: { name: 'x' }, as: exchanged })).toMatchObject({
      status: 403,
    });
  });
});
