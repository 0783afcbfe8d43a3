import type { Route } from '@latchkey/contract/route';
import { allRoutes } from '@latchkey/contract/routes/all';
import { addGroupMembers, createGroup } from '@latchkey/contract/routes/groups';
import { requestPath } from '@latchkey/sdk/request-url';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images, newIntegration } from './fixtures.js';
import { matrix, type Objects, type RequestParts, roles } from './permission-matrix.js';
import {
  folderOf,
  insertItems,
  insertPendingJob,
  newDataset,
  nobody,
  share,
  shareDataset,
} from './storage-fixtures.js';

let system: TestSystem;
let owner: TestUser;
/** The group of `editor`. */
let editors: string;
let callers: Readonly<Record<(typeof roles)[number], TestUser | null>>;

beforeAll(async () => {
  // Jobs stay as they are.
  // Passkeys need https.
  const environment = { LATCHKEY_PUBLIC_URL: 'https://latchkey.example' };
  system = await startTestSystem({ worker: false, environment });
  owner = await system.createUser();
  callers = {
    anonymous: null,
    stranger: await system.createUser(),
    viewer: await system.createUser(),
    editor: await system.createUser(),
    admin: await system.createUser(),
    organisationAdmin: system.admin,
  };
  editors = (await system.call(createGroup, { body: { name: 'Editors' } })).body.groupHash;
  const userUuids = [callers.editor?.uuid];
  await system.call(addGroupMembers, { params: { groupHash: editors }, body: { userUuids } });
});
afterAll(() => system.close());

/** Objects of the owner, shared with `viewer`, `editor` and `admin` in these roles, and with nobody else. */
async function makeObjects(): Promise<Objects> {
  const folder = await folderOf(system, owner, 'Folder');
  const otherFolder = await folderOf(system, owner, 'Other folder');
  const integration = await newIntegration(system, {}, owner);
  const [item = ''] = await insertItems(system, owner, folder, [{ name: 'item.jpg', integration }]);
  const job = await insertPendingJob(system, owner, folder);
  const dataset = await newDataset(system, owner);
  for (const role of ['viewer', 'admin'] as const) {
    const member = callers[role];
    if (!member) throw new Error(`Nobody is ${role}.`);
    const userRole = role === 'admin' ? role : 'user';
    await share(system, folder, member, role);
    await share(system, otherFolder, member, role);
    await shareIntegration(integration, member, userRole);
    await shareDataset(system, dataset, member, userRole);
  }
  await shareWithEditors('folder', folder, 'editor');
  await shareWithEditors('folder', otherFolder, 'editor');
  await shareWithEditors('integration', integration, 'user');
  await shareWithEditors('dataset', dataset, 'user');
  return { folder, otherFolder, integration, item, dataset, job };
}

async function shareWithEditors(
  kind: 'folder' | 'dataset' | 'integration',
  id: string,
  role: string,
): Promise<void> {
  const text = `INSERT INTO ${kind}_groups (${kind}_id, group_id, role) VALUES ($1, $2, $3)`;
  await system.context.db.query({ name: `test.${kind}Group`, text, values: [id, editors, role] });
}

async function shareIntegration(integration: string, user: TestUser, role: 'user' | 'admin'): Promise<void> {
  const text = 'INSERT INTO integration_members (integration_id, user_id, role) VALUES ($1, $2, $3)';
  await system.context.db.query({ name: 'test.share', text, values: [integration, user.uuid, role] });
}

async function statusOf(route: Route, request: RequestParts, as: TestUser | null): Promise<number> {
  const target = requestPath(route.path, request.params ?? {}, request.query ?? {});
  const stop = new AbortController();
  const response = await fetch(system.baseUrl + target, {
    method: route.method,
    headers: {
      'x-requested-with': 'XMLHttpRequest',
      ...(as && { authorization: `Bearer ${as.token}` }),
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    signal: stop.signal,
  });
  // Event streams do not end by themselves.
  stop.abort();
  return response.status;
}

const fixtures = { images, publicKey: () => generateSshKeyPair('matrix').publicKey };
const missing: Objects = {
  folder: nobody,
  otherFolder: nobody,
  integration: nobody,
  item: nobody,
  dataset: nobody,
  job: nobody,
};

describe('who may call what', () => {
  it('is written down for each route, and for no other', () => {
    expect(Object.keys(matrix).sort()).toEqual(allRoutes.map(({ operationId }) => operationId).sort());
  });

  it.each(allRoutes.map((route) => [route.operationId, route] as const))(
    '%s answers each role, with objects of another that are shared or not, as it is written down',
    async (operationId, route) => {
      const entry = matrix[operationId];
      if (!entry) throw new Error(`The matrix has no entry for ${operationId}.`);
      const isReadOnly = route.method === 'GET';
      const shared = isReadOnly ? await makeObjects() : null;
      const statuses: number[] = [];
      for (const role of roles) {
        const objects = shared ?? (await makeObjects());
        statuses.push(await statusOf(route, entry.request(objects, fixtures), callers[role]));
      }
      expect(statuses).toEqual(entry.statuses);
    },
  );

  it.each(
    allRoutes
      .filter((route) => /^(folder|item|integration|dataset):/.test(route.permission))
      .map((route) => [route.operationId, route] as const),
  )(
    '%s answers for an object that is not there as for one that is not shared',
    async (operationId, route) => {
      const entry = matrix[operationId];
      if (!entry) throw new Error(`The matrix has no entry for ${operationId}.`);
      const request = entry.request(missing, fixtures);
      const [, foreign] = entry.statuses;
      expect(await statusOf(route, request, callers.stranger)).toBe(foreign);
    },
  );
});
