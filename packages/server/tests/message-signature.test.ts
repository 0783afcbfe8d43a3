import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { addSshKey } from '@latchkey/contract/routes/session';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, jobResult, newFolder, newIntegration } from './fixtures.js';

const prefix = '/v2/public';
let system: TestSystem;
let key: KeyObject;
let publicKeyHex: string;

beforeAll(async () => {
  system = await startTestSystem();
  const pair = generateKeyPairSync('ed25519');
  key = pair.privateKey;
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  publicKeyHex = raw.toString('hex');
  const part = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const publicKey = `ssh-ed25519 ${Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]).toString('base64')} test`;
  await system.call(addSshKey, { body: { title: 'test', publicKey } });
});
afterAll(() => system.close());

interface Signing {
  readonly createdSeconds?: number;
  readonly signedBody?: string;
  readonly signedTarget?: string;
  readonly keyHex?: string;
  readonly dropHeader?: string;
}

/** Signs as the official client does: created 30 s in the past, digest of the body also on GET. */
async function send(
  method: string,
  target: string,
  body: string | undefined,
  signing: Signing = {},
): Promise<{ status: number; body: { code?: string } }> {
  const digest = `sha-256=:${createHash('sha256')
    .update(signing.signedBody ?? body ?? '')
    .digest('base64')}:`;
  const created = signing.createdSeconds ?? Math.floor(Date.now() / 1000) - 30;
  const parameters = `("@method" "@request-target" "content-digest");created=${created};keyid="${signing.keyHex ?? publicKeyHex}";alg="ed25519"`;
  const base = `"@method": ${method}\n"@request-target": ${signing.signedTarget ?? target}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
  const headers: Record<string, string> = {
    'content-digest': digest,
    'signature-input': `encord-sig=${parameters}`,
    signature: `encord-sig=:${sign(null, Buffer.from(base), key).toString('base64')}:`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  if (signing.dropHeader) delete headers[signing.dropHeader];
  const response = await fetch(system.baseUrl + target, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

describe('a request signed as the official client signs', () => {
  it('is accepted on GET with the digest of the empty body, and query booleans as True and False', async () => {
    const target = `${prefix}/cloud-integrations?includeOrgAccess=False`;
    expect(await send('GET', target, undefined)).toMatchObject({
      status: 200,
      body: { result: expect.any(Array) },
    });
  });

  it('creates a folder with client metadata as JSON text, and null keys are present in the answer', async () => {
    const body = JSON.stringify({
      name: 'Signed',
      description: 'd',
      clientMetadata: '{"my": "folder_metadata"}',
    });
    const answer = await send('POST', `${prefix}/storage/folders`, body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        name: 'Signed',
        parent: null,
        syncedDatasetHash: null,
        userRole: 'admin',
        clientMetadata: expect.stringMatching(/^\{"my": ?"folder_metadata"\}$/),
      },
    });
  });

  it('starts a job with the envelope and gets a bare UUID', async () => {
    const folder = await newFolder(system);
    const integrationHash = await newIntegration(system, { strictClientOnly: true });
    const externalFiles = {
      images: [{ objectUrl: 'https://data.example.com/1.jpg', imageMetadata }],
      skip_duplicate_urls: true,
    };
    const answer = await send(
      'POST',
      `${prefix}/storage/folders/${folder}/data-upload-jobs`,
      JSON.stringify({ externalFiles, integrationHash, ignoreErrors: true, fileName: 'm.json' }),
    );
    expect(answer).toEqual({ status: 200, body: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await jobResult(system, folder, String(answer.body))).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 1,
      fileName: 'm.json',
      ignoreErrors: true,
    });
  });

  it('starts a job with structured data items in snake case', async () => {
    const folder = await newFolder(system);
    const integration_hash = await newIntegration(system);
    const data_items = {
      images: [
        { object_url: 'https://data.example.com/2.jpg', external_file_type: 'IMAGE', client_metadata: {} },
      ],
      pdf: [],
      videos: [],
      skip_duplicate_urls: false,
    };
    const answer = await send(
      'POST',
      `${prefix}/storage/folders/${folder}/data-upload-jobs`,
      JSON.stringify({ data_items, integration_hash, ignore_errors: false }),
    );
    expect(await jobResult(system, folder, String(answer.body))).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 1,
    });
  });

  it.each<[string, Signing, string]>([
    ['made too long ago', { createdSeconds: Math.floor(Date.now() / 1000) - 301 }, 'stale_signature'],
    ['from the future', { createdSeconds: Math.floor(Date.now() / 1000) + 400 }, 'stale_signature'],
    ['over another body', { signedBody: '{"name":"other"}' }, 'digest_mismatch'],
    ['over another target', { signedTarget: `${prefix}/storage/folders?x=1` }, 'invalid_signature'],
    ['of a key that nobody registered', { keyHex: '00'.repeat(32) }, 'unknown_key'],
    ['without its digest header', { dropHeader: 'content-digest' }, 'invalid_signature'],
    ['without its input header', { dropHeader: 'signature-input' }, 'invalid_signature'],
  ])('is refused with a signature %s', async (_case, signing, code) => {
    const before = await system.context.db.query({
      name: 'test.folders',
      text: 'SELECT count(*) AS folders FROM folders',
    });
    expect(await send('POST', `${prefix}/storage/folders`, '{"name":"refused"}', signing)).toMatchObject({
      status: 401,
      body: { code },
    });
    expect(
      await system.context.db.query({
        name: 'test.folders',
        text: 'SELECT count(*) AS folders FROM folders',
      }),
    ).toEqual(before);
  });

  it('is refused when a streamed body is not the signed one, and nothing is registered', async () => {
    const folder = await newFolder(system);
    const integrationHash = await newIntegration(system);
    const body = JSON.stringify({
      externalFiles: { images: [{ objectUrl: 'https://data.example.com/3.jpg' }] },
      integrationHash,
    });
    const answer = await send('POST', `${prefix}/storage/folders/${folder}/data-upload-jobs`, body, {
      signedBody: `${body} `,
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'digest_mismatch' } });
    const jobs = await system.context.db.query({
      name: 'test.jobs',
      text: 'SELECT id FROM upload_jobs WHERE folder_id = $1',
      values: [folder],
    });
    expect(jobs).toEqual([]);
  });
});
