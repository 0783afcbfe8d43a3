import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addIntegrationOrigins } from '@latchkey/contract/routes/integrations';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIntegration } from './fixtures.js';
import { auditOf } from './storage-fixtures.js';

let webRoot: string;
let system: TestSystem;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'latchkey-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>page</title>');
  system = await startTestSystem({ webRoot });
});
afterAll(async () => {
  await system.close();
  await rm(webRoot, { recursive: true });
});

const add = (integrationUuid: string, origins: string[], as = system.admin) =>
  system.call(addIntegrationOrigins, { params: { integrationUuid }, body: { origins }, as });

async function connectSources(path: string, as: TestUser | null = system.admin): Promise<string[]> {
  const headers = as ? { authorization: `Bearer ${as.token}` } : {};
  const response = await fetch(system.baseUrl + path, { headers });
  expect(response.status).toBe(200);
  const policy = response.headers.get('content-security-policy') ?? '';
  return /connect-src ([^;]*)/.exec(policy)?.[1]?.trim().split(' ') ?? [];
}

const worker = '/data-worker.js?module=/assets/measure-a_1.js';

describe('origins that are added before anything is registered', () => {
  it('are allowed to the page and the workers of users of the integration, and to nobody else', async () => {
    const integration = await newIntegration(system);
    const origins = ['https://one.example', 'http://two.example:9000'];
    expect(await add(integration, origins)).toMatchObject({ status: 200, body: { added: origins } });
    expect(await add(integration, origins)).toMatchObject({ body: { added: [] } });
    for (const path of ['/', worker])
      expect(await connectSources(path)).toEqual(expect.arrayContaining(["'self'", ...origins]));
    const stranger = await system.createUser();
    for (const path of ['/', worker]) {
      expect(await connectSources(path, stranger)).toEqual(["'self'"]);
      expect(await connectSources(path, null)).toEqual(["'self'"]);
    }
    const entries = await auditOf(system, 'integration.add-origins');
    expect(entries.filter(({ subject_id }: TestJson) => subject_id === integration)).toEqual([
      { user_id: system.admin.uuid, subject_id: integration, details: { origins } },
    ]);
  });

  it.each([
    'one.example',
    'https://one.example/',
    'https://one.example/path?X-Amz-Signature=1',
    'https://a b',
    "https://one.example; script-src 'unsafe-inline'",
    'ftp://one.example',
  ])('are refused where they are no origins: %s', async (origin) => {
    const answer = await add(await newIntegration(system), [origin]);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(JSON.stringify(answer.body)).not.toContain('Signature');
  });

  it('are refused where the integration does not allow their host', async () => {
    const integration = await newIntegration(system, { allowedHosts: ['*.allowed.example'] });
    expect(await add(integration, ['https://a.allowed.example'])).toMatchObject({ status: 200 });
    expect(await add(integration, ['https://b.allowed.example', 'https://other.example'])).toMatchObject({
      status: 400,
      body: { code: 'origin_not_allowed', message: expect.stringContaining('other.example') },
    });
    expect(await connectSources('/')).not.toContain('https://b.allowed.example');
  });

  it('are refused to who may not use the integration', async () => {
    const integration = await newIntegration(system);
    const stranger = await system.createUser();
    expect((await add(integration, ['https://one.example'], stranger)).status).toBe(403);
  });
});

describe('a worker of the web app', () => {
  it('imports the module that is named', async () => {
    const response = await fetch(system.baseUrl + worker);
    expect(await response.text()).toBe('import "/assets/measure-a_1.js";\n');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  it.each([
    '',
    '?module=https://evil.example/x.js',
    '?module=/assets/../x.js',
    '?module=//evil.example/assets/x.js',
  ])('is no other script: %j', async (query) => {
    expect((await fetch(`${system.baseUrl}/data-worker.js${query}`)).status).toBe(400);
  });
});
