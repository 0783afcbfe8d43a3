import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { limits } from '@latchkey/contract/limits';
import { allRoutes } from '@latchkey/contract/routes/all';
import { createFolder, patchFoldersBulk } from '@latchkey/contract/routes/folders';
import {
  createIntegration,
  listIntegrations,
  patchIntegration,
} from '@latchkey/contract/routes/integrations';
import { listItems } from '@latchkey/contract/routes/items';
import { listNotifications, markNotificationsRead } from '@latchkey/contract/routes/notifications';
import {
  addSshKey,
  createApiToken,
  createUser,
  listApiTokens,
  listSshKeys,
  signIn,
} from '@latchkey/contract/routes/session';
import {
  getUploadJob,
  startUploadJob,
  startUploadJobFromManifest,
} from '@latchkey/contract/routes/upload-jobs';
import { requestPath } from '@latchkey/sdk/request-url';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  imageMetadata,
  images,
  jobResult,
  newFolder,
  newIntegration,
  spooled,
  unitErrors,
} from './fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;
let privateKey: KeyObject;
let publicKey: Buffer;

beforeAll(async () => {
  system = await startTestSystem();
  folder = await newFolder(system);
  integration = await newIntegration(system);
  const pair = generateKeyPairSync('ed25519');
  privateKey = pair.privateKey;
  publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  await system.context.db.query({
    name: 'test.key',
    text: `INSERT INTO ssh_keys (id, user_id, title, public_key) VALUES ($1, $2, 'test', $3)`,
    values: [uuidv7(), system.admin.uuid, publicKey],
  });
});
afterAll(() => system.close());

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: TestJson;
}

async function send(
  method: string,
  target: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const response = await fetch(system.baseUrl + target, {
    method,
    headers: {
      authorization: `Bearer ${system.admin.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const manifestTarget = (query: Record<string, unknown> = {}): string =>
  requestPath(
    startUploadJobFromManifest.path,
    { folderUuid: folder },
    { integrationHash: integration, ignoreErrors: true, ...query },
  );

describe('an address', () => {
  const uuid = '00000000-0000-7000-8000-000000000000';
  const paths = [...new Set(allRoutes.map(({ path }) => path))];

  it.each(paths)('%s answers 405 to a method that it does not take, and says which it does', async (path) => {
    const allowed = allRoutes.filter((route) => route.path === path).map(({ method }) => method);
    const answer = await send('PUT', path.replace(/\{\w+\}/g, uuid), '{}');
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(answer.headers.get('allow')).toBe(allowed.join(', '));
    expect((await send('OPTIONS', path.replace(/\{\w+\}/g, uuid))).status).toBe(405);
  });

  it('answers HEAD as GET without a body', async () => {
    expect(await send('HEAD', listIntegrations.path)).toMatchObject({ status: 200, body: null });
  });

  it.each([
    ['has a broken percent-encoding', '/v2/public/storage/folders/%zz?token=hidden'],
    ['has a very long part', `/v2/public/storage/folders/${'a'.repeat(500)}`],
  ])('is refused in our form, without its query, when it %s', async (_case, target) => {
    const answer = await send('GET', target);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', message: expect.stringContaining('path') },
    });
    expect(JSON.stringify(answer.body)).not.toContain('hidden');
  });

  it('is refused when it is longer than HTTP headers may be', async () => {
    expect(await send('GET', `/${'a'.repeat(20_000)}`)).toMatchObject({
      status: 431,
      body: { code: 'invalid_request' },
    });
  });
});

describe('a UUID', () => {
  it.each([
    ['params', () => send('DELETE', `/v2/public/user/ssh-keys/urn:uuid:${uuidv7()}`)],
    ['params', () => send('GET', requestPath(getUploadJob.path, { folderUuid: folder, jobUuid: 'x' }))],
    ['query', () => send('GET', `${listIntegrations.path}?filterIntegrationUuids=urn:uuid:${uuidv7()}`)],
    [
      'body',
      () =>
        send('POST', markNotificationsRead.path, JSON.stringify({ notificationUuids: [`{${uuidv7()}}`] })),
    ],
  ])('is refused in %s in another spelling than the plain one', async (place, call) => {
    expect(await call()).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: { place } },
    });
  });

  it('is refused in a page token that was made up', async () => {
    const pageToken = Buffer.from(`notifications:${'-'.repeat(36)}`).toString('base64url');
    expect(await system.call(listNotifications, { query: { pageToken } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_page_token' },
    });
  });

  it('names the integration in the envelope, whatever its case, and is refused by its own name', async () => {
    const externalFiles = { images: images(1) };
    const params = { folderUuid: folder };
    const start = (integrationHash: string) =>
      system.call(startUploadJob, { params, body: { external_files: externalFiles, integrationHash } });
    expect(await start('nope')).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: { field: 'integrationHash' } },
    });
    expect(await start(integration.toUpperCase())).toMatchObject({ status: 200 });
    await system.drain();
  });
});

describe('a text that can not be stored', () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNYuxcH3AzZb6tNTYZcS0ejaKhLdPVcqIPMhJLDKXKe';

  it.each([
    ['a NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800b'],
  ])('is refused wherever a name is given when it holds %s', async (_case, text) => {
    const manifest = { externalFiles: { images: images(1) }, integrationHash: integration };
    const answers = await Promise.all([
      system.call(createIntegration, { body: { title: text } }),
      system.call(patchIntegration, {
        params: { integrationUuid: integration },
        body: { title: text },
      }),
      system.call(createUser, { body: { email: `${text}@example.com` } }),
      system.call(createUser, { body: { email: 'someone@example.com', name: text } }),
      system.call(createApiToken, { body: { title: text } }),
      system.call(addSshKey, { body: { title: text, publicKey: key } }),
      system.call(startUploadJob, { params: { folderUuid: folder }, body: { ...manifest, fileName: text } }),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await spooled(system)).toEqual([]);
  });

  it('is refused as the file name in a query, finds no integration and signs nobody in', async () => {
    expect(await send('POST', manifestTarget({ fileName: 'a\0' }), '{"images": [{}]}')).toMatchObject({
      status: 400,
      body: { details: { field: 'fileName' } },
    });
    expect(await system.call(listIntegrations, { query: { filterIntegrationTitles: '\0' } })).toEqual({
      status: 200,
      body: { result: [] },
    });
    expect(
      await system.call(signIn, { body: { email: 'a\0@example.com', password: 'x' }, as: null }),
    ).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
  });

  it('fails its own unit of a manifest and no other, in URL, title and keys', async () => {
    const manifest = JSON.stringify({
      images: [
        ...images(3),
        { objectUrl: 'https://a.example/half\ud800', imageMetadata },
        { objectUrl: 'https://a.example/1', title: 'nul\0', imageMetadata },
        { objectUrl: 'https://a.example/2', title: `${'t'.repeat(299)}😀`, imageMetadata },
        { objectUrl: 'https://a.example/3', 'key\0': 1, [`${'k'.repeat(59)}😀`]: 1, imageMetadata },
      ],
      ['more\0']: 1,
    });
    const { body } = await system.register(folder, integration, manifest);
    const job = await jobResult(system, folder, body);
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 4, unitsErrorCount: 3 });
    expect((await unitErrors(system, folder, body)).map(({ code, title }) => [code, title])).toEqual([
      ['object_url_invalid', null],
      ['unit_wrong_type', 'nul'],
      ['title_too_long', `${'t'.repeat(299)}\ufffd`],
    ]);
    const fields = job.warnings.map((warning: TestJson) => warning.place.field);
    expect(fields).toEqual(expect.arrayContaining(['more', 'key', `${'k'.repeat(59)}\ufffd…`]));
  });
});

describe('a value at the end of its range', () => {
  it('registers, and the list stays readable', async () => {
    const target = await newFolder(system);
    const date = 'X-Amz-Date=99991231T000000Z&X-Amz-Expires=604800';
    const { body } = await system.register(target, integration, {
      videos: [
        {
          objectUrl: `https://b.s3.eu-west-2.amazonaws.com/v?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&${date}&X-Amz-Signature=ab`,
          videoMetadata: { fps: 1e308, duration: 1e308, width: 1, height: 1, fileSize: 1, mimeType: 'v/v' },
        },
      ],
    });
    expect(await jobResult(system, target, body)).toMatchObject({ status: 'DONE', unitsDoneCount: 1 });
    expect(await system.call(listItems, { params: { folderUuid: target } })).toMatchObject({
      status: 200,
      body: { results: [{ frameCount: null, expiresAt: null }] },
    });
  });
});

describe('a JSON body', () => {
  it('gives no field through "__proto__"', async () => {
    const answer = await send('POST', createFolder.path, '{"__proto__": {"name": "smuggled"}}');
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('keeps "__proto__" and keys of both cases in client metadata', async () => {
    const metadata = '{"__proto__":{"a":1},"constructor":2,"client_metadata":3}';
    const created = await send('POST', createFolder.path, `{"name":"x","client_metadata":${metadata}}`);
    expect(created.status).toBe(200);
    expect(created.body.clientMetadata.replaceAll(' ', '')).toBe(metadata);
    const patched = await system.call(patchFoldersBulk, {
      body: { folder_patches: { [created.body.uuid]: { client_metadata: { snake_key: 1 } } } },
    });
    expect(JSON.parse(patched.body.results[0].clientMetadata)).toEqual({ snake_key: 1 });
  });

  it('is refused with line, column and what was expected, and without what it holds', async () => {
    const answer = await send('POST', signIn.path, '{"email": "a@b.c",\n "password": hunter2secret}');
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'malformed_json', details: { line: 2, column: 14 } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(await send('POST', createFolder.path, '{"name": "x",}')).toMatchObject({
      status: 400,
      body: { code: 'malformed_json', message: expect.stringContaining('line 1, column 13') },
    });
  });
});

describe('sign-in', () => {
  const email = 'guessed@example.com';
  const password = 'correct horse battery';
  const attempt = (given: string, address = email): Promise<RawAnswer> =>
    send('POST', signIn.path, JSON.stringify({ email: address, password: given }));

  it('sets a cookie that scripts and other sites can not use', async () => {
    await system.call(createUser, { body: { email, password } });
    const cookie = (await attempt(password)).headers.get('set-cookie');
    expect(cookie).toMatch(
      /^latchkey_session=lks_[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const session = { authorization: '', cookie: cookie?.split(';')[0] ?? '' };
    const create = (headers: Record<string, string>): Promise<Response> =>
      fetch(system.baseUrl + createFolder.path, {
        method: 'POST',
        body: '{"name": "x"}',
        headers: { cookie: session.cookie, 'content-type': 'application/json', ...headers },
      });
    expect((await create({})).status).toBe(401);
    expect((await create({ 'x-requested-with': 'latchkey' })).status).toBe(200);
  });

  it('is refused after ten failures for the address, also at the same time, with the time to wait', async () => {
    const failures = await Promise.all(
      Array.from({ length: limits.signInFailures + 2 }, (_, index) => attempt(`wrong ${index}`)),
    );
    expect(failures.filter(({ status }) => status === 401)).toHaveLength(limits.signInFailures);
    const refused = await attempt(password, email.toUpperCase());
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(limits.signInWindowSeconds);
    expect(await attempt('wrong', 'someone.else@example.com')).toMatchObject({ status: 401 });
  });
});

describe('a refused manifest', () => {
  let before: readonly string[];
  beforeEach(async () => {
    before = await spooled(system);
  });
  const spooledSince = async (): Promise<string[]> =>
    (await spooled(system)).filter((name) => !before.includes(name));

  async function sendSigned(body: string, signed: string, encoding?: 'gzip'): Promise<RawAnswer> {
    const target = manifestTarget();
    const pack = (text: string): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(encoding === 'gzip' ? gzipSync(text) : Buffer.from(text));
    const digest = `sha-256=:${createHash('sha256').update(pack(signed)).digest('base64')}:`;
    const parameters = `("@method" "@request-target" "content-digest");created=${Math.floor(Date.now() / 1000)};keyid="${publicKey.toString('hex')}";alg="ed25519"`;
    const base = `"@method": POST\n"@request-target": ${target}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
    return send('POST', target, pack(body), {
      'content-digest': digest,
      'signature-input': `encord-sig=${parameters}`,
      signature: `encord-sig=:${sign(null, Buffer.from(base), privateKey).toString('base64')}:`,
      ...(encoding ? { 'content-encoding': encoding } : {}),
    });
  }
  const broken = `{"images": [x${' '.repeat(300_000)}`;
  const cutOff = '{"images": [';

  it.each([
    ['plain', undefined],
    ['gzip', 'gzip' as const],
  ])('is held against its digest before it is said what is wrong in it (%s)', async (_case, encoding) => {
    for (const text of [broken, cutOff]) {
      expect(await sendSigned(text, text, encoding)).toMatchObject({
        status: 400,
        body: { code: 'malformed_json' },
      });
      expect(await sendSigned(text, 'another body', encoding)).toMatchObject({
        status: 401,
        body: { code: 'digest_mismatch' },
      });
    }
    const good = JSON.stringify({ images: images(1) });
    expect(await sendSigned(good, `${good} `, encoding)).toMatchObject({
      status: 401,
      body: { code: 'digest_mismatch' },
    });
    expect(await spooledSince()).toEqual([]);
    expect(await sendSigned(good, good, encoding)).toMatchObject({ status: 200 });
    await system.drain();
  });

  it('is not unpacked any further than to where it is wrong', async () => {
    const packed = Uint8Array.from(
      gzipSync(Buffer.concat([Buffer.from('x'), Buffer.alloc(64 * 1024 * 1024)])),
    );
    // Whoever unpacks to the end finds the checksum wrong.
    packed.fill(0, -8);
    expect(await send('POST', manifestTarget(), packed, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
      body: { code: 'malformed_json' },
    });
    expect(await spooledSince()).toEqual([]);
  });

  it('leaves no file when its envelope names an integration that is not there', async () => {
    const body = { externalFiles: { images: images(1) }, integrationHash: uuidv7() };
    expect(await system.call(startUploadJob, { params: { folderUuid: folder }, body })).toMatchObject({
      status: 403,
      body: { code: 'integration_not_found' },
    });
    expect(await spooledSince()).toEqual([]);
  });
});

describe('keys and tokens', () => {
  it('say when they were last used', async () => {
    for (const route of [listApiTokens, listSshKeys]) {
      const { body } = await system.call(route);
      expect(body.result[0].lastUsedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    }
  });
});

describe('a job that asks for all or nothing', () => {
  it('names what fails when the integration becomes strict between check and registration', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const target = await newFolder(waiting);
    const source = await newIntegration(waiting);
    const started = await waiting.register(
      target,
      source,
      { images: [...images(1500), { objectUrl: 'https://a.example/unmeasured' }] },
      { ignoreErrors: false },
    );
    await waiting.context.db.query({
      name: 'test.checked',
      text: `UPDATE upload_jobs SET phase = 'registering', parts_open = 1 WHERE id = $1`,
      values: [started.body],
    });
    await waiting.call(patchIntegration, {
      params: { integrationUuid: source },
      body: { strictClientOnly: true },
    });
    waiting.startWorker();
    expect(await jobResult(waiting, target, started.body)).toMatchObject({
      status: 'ERROR',
      unitsDoneCount: 0,
      unitsErrorCount: 1,
      unitsCancelledCount: 1500,
      unitErrors: [{ code: 'media_metadata_missing', place: { element: 1500 } }],
    });
    const items = await waiting.call(listItems, { params: { folderUuid: target } });
    expect(items.body.results).toEqual([]);
  });
});
