import {
  addIntegrationOrigins,
  createIntegration,
  getIntegration,
  patchIntegration,
} from '@latchkey/contract/routes/integrations';
import { getItem, listItems, migrateStorage } from '@latchkey/contract/routes/items';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { run } from './registration-fixtures.js';
import { auditOf } from './storage-fixtures.js';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
  system.startWorker();
});
afterAll(() => system.close());

const host = 'https://data.acme.example';
const bucketUrl = 's3://acme/';
const image = (objectUrl: string) => ({ objectUrl, title: 'a', imageMetadata });
const mapped = () =>
  newIntegration(system, { strictClientOnly: true, gateways: [{ url: `${host}/`, bucketUrl }] });
const unmapped = () => newIntegration(system, { allowedHosts: ['data.acme.example', '*.amazonaws.com'] });

const register = (folder: string, integration: string, ...urls: string[]): Promise<TestJson> =>
  run(system, folder, integration, { images: urls.map(image), skip_duplicate_urls: true });

async function urlsIn(
  folderUuid: string,
): Promise<{ uuid: string; signedUrl: string; expiresAt: unknown }[]> {
  const { body } = await system.call(listItems, { params: { folderUuid } });
  return Promise.all(
    body.results.map(
      async ({ uuid }: TestJson) =>
        (await system.call(getItem, { params: { itemUuid: uuid }, query: { signUrl: true } })).body,
    ),
  );
}

const patch = (integrationUuid: string, body: TestJson) =>
  system.call(patchIntegration, { params: { integrationUuid }, body });

describe('a gateway of an integration', () => {
  it('makes its URLs valid, whatever hosts are allowed', async () => {
    const gateways = [{ url: `${host}/`, bucketUrl: null }];
    const integration = await newIntegration(system, { allowedHosts: ['acme.example'], gateways });
    const folder = await newFolder(system);
    const job = await register(folder, integration, `${host}/a.jpg`, 'https://other.example/a.jpg');
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsErrorCount: 1 });
    expect(await urlsIn(folder)).toMatchObject([{ signedUrl: `${host}/a.jpg`, expiresAt: null }]);
  });

  it('lets the browser measure at its origin, whatever hosts are allowed', async () => {
    const gateways = [{ url: `${host}/scans/`, bucketUrl: null }];
    const integration = await newIntegration(system, { allowedHosts: ['acme.example'], gateways });
    const params = { integrationUuid: integration };
    expect(await system.call(addIntegrationOrigins, { params, body: { origins: [host] } })).toMatchObject({
      status: 200,
      body: { added: [host] },
    });
  });
});

describe('a gateway that stands for a bucket', () => {
  it('has the objects of the bucket: a manifest renews its signed URLs, once', async () => {
    const [integration, folder] = [await mapped(), await newFolder(system)];
    await register(folder, integration, signedUrl('a.jpg'));
    const [before] = await urlsIn(folder);
    const job = await register(folder, integration, `${host}/a.jpg`);
    expect(job).toMatchObject({ unitsDoneCount: 0, unitsSkippedCount: 1, unitsRenewedCount: 1 });
    expect(await urlsIn(folder)).toMatchObject([
      { uuid: before?.uuid, signedUrl: `${host}/a.jpg`, expiresAt: null, expiryCertainty: null },
    ]);
    expect(await register(folder, integration, `${host}/a.jpg`)).toMatchObject({
      unitsSkippedCount: 1,
      unitsRenewedCount: 0,
    });
  });

  it('gives its objects back to signed URLs', async () => {
    const [integration, folder] = [await mapped(), await newFolder(system)];
    await register(folder, integration, `${host}/a.jpg`);
    const job = await register(folder, integration, signedUrl('a.jpg'));
    expect(job).toMatchObject({ unitsSkippedCount: 1, unitsRenewedCount: 1 });
    expect(await urlsIn(folder)).toMatchObject([{ signedUrl: signedUrl('a.jpg'), expiryCertainty: 'exact' }]);
  });

  it('registers an object once that one manifest lists under both', async () => {
    const [integration, folder] = [await mapped(), await newFolder(system)];
    const job = await register(folder, integration, signedUrl('a.jpg'), `${host}/a.jpg`, `${host}/a.jpg`);
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 2 });
    expect(await urlsIn(folder)).toMatchObject([{ signedUrl: `${host}/a.jpg` }]);
  });

  it('stays apart from the bucket where the integration does not say so', async () => {
    const folder = await newFolder(system);
    const first = await register(folder, await unmapped(), signedUrl('a.jpg'));
    const second = await register(folder, await unmapped(), `${host}/a.jpg`);
    expect([first, second]).toMatchObject([{ unitsDoneCount: 1 }, { unitsDoneCount: 1 }]);
  });

  it.each([
    ['gateway to bucket', `${host}/a.jpg`, signedUrl('a.jpg', 'ef')],
    ['bucket to gateway', signedUrl('a.jpg'), `${host}/a.jpg`],
  ])('migrates from %s by URL', async (_case, from, to) => {
    const [integration, folder] = [await mapped(), await newFolder(system)];
    await register(folder, integration, from);
    const asked = from.startsWith(host) ? signedUrl('a.jpg', 'cd') : `${host}/a.jpg`;
    const body = { urlsMap: { [asked]: to }, fromIntegrationHash: integration };
    expect(await system.call(migrateStorage, { body })).toMatchObject({ status: 204 });
    expect(await urlsIn(folder)).toMatchObject([{ signedUrl: to }]);
  });

  it('keeps naming the object when the item moves to another integration', async () => {
    const [from, to, folder] = [await unmapped(), await mapped(), await newFolder(system)];
    await register(folder, from, `${host}/a.jpg`);
    const [item] = await urlsIn(folder);
    const body = { itemsMap: { [item?.uuid ?? '']: null }, toIntegrationHash: to };
    expect(await system.call(migrateStorage, { body })).toMatchObject({ status: 204 });
    expect(await register(folder, to, signedUrl('a.jpg'))).toMatchObject({ unitsSkippedCount: 1 });
  });
});

describe('changing gateways', () => {
  it('is kept, answered and in the audit log', async () => {
    const integration = await mapped();
    const gateways = [{ url: 'https://new.acme.example', bucketUrl: 'gs://acme/x' }];
    expect(await patch(integration, { title: `renamed ${integration}` })).toMatchObject({
      body: { gateways: [{ url: `${host}/`, bucketUrl }] },
    });
    const kept = [{ url: 'https://new.acme.example/', bucketUrl: 'gs://acme/x/' }];
    expect(await patch(integration, { gateways })).toMatchObject({ status: 200, body: { gateways: kept } });
    const params = { integrationUuid: integration };
    expect((await system.call(getIntegration, { params })).body.gateways).toEqual(kept);
    expect(await auditOf(system, 'integration.change')).toEqual(
      expect.arrayContaining([expect.objectContaining({ details: expect.objectContaining({ gateways }) })]),
    );
  });

  it('is refused for a bucket while items have its URLs, which would become other objects', async () => {
    const [integration, folder] = [await mapped(), await newFolder(system)];
    await register(folder, integration, signedUrl('a.jpg'));
    expect(await patch(integration, { gateways: [] })).toMatchObject({ status: 200 });
    expect(await patch(integration, { gateways: [{ url: `${host}/`, bucketUrl }] })).toMatchObject({
      status: 200,
    });
    await register(folder, integration, 'HTTPS://DATA.acme.example:443/b.jpg');
    for (const gateways of [[], [{ url: `${host}/`, bucketUrl: 's3://other/' }]])
      expect(await patch(integration, { gateways })).toMatchObject({
        status: 409,
        body: { code: 'gateway_in_use', details: { host: 'data.acme.example' } },
      });
    const others = [
      { url: `${host}/`, bucketUrl },
      { url: 'https://more.acme.example/', bucketUrl: 's3://more/' },
    ];
    expect(await patch(integration, { gateways: others })).toMatchObject({ status: 200 });
  });

  it('is refused where members of a group have its URLs', async () => {
    const [integration, folder] = [await mapped(), await newFolder(system)];
    const group = {
      title: 'group',
      objectUrl_0: `${host}/0.jpg`,
      imageMetadata_0: imageMetadata,
      objectUrl_1: `${host}/1.jpg`,
      imageMetadata_1: imageMetadata,
    };
    await run(system, folder, integration, { image_groups: [group] });
    expect(await patch(integration, { gateways: [] })).toMatchObject({
      status: 409,
      body: { code: 'gateway_in_use' },
    });
  });

  it.each([
    ['data.acme.example', null],
    [`${host}/?code=secret`, null],
    [`${host}/`, 'https://acme.s3.amazonaws.com/?X-Amz-Signature=secret'],
    [`${host}/`, 'https://s3.amazonaws.com/'],
    [`${host}/\ud800`, null],
  ])('is refused with what is no gateway: %j, %j', async (url, bucket) => {
    const answer = await system.call(createIntegration, {
      body: { title: 'No gateway', gateways: [{ url, bucketUrl: bucket }] },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: { field: 'gateways[0]' } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });
});
