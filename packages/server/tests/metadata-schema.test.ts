import {
  createDataGroups,
  editItemsMetadata,
  getItem,
  listItems,
  patchItem,
  patchItemsBulk,
} from '@latchkey/contract/routes/items';
import {
  getMetadataSchema,
  getSimpleMetadataSchema,
  setMetadataSchema,
  setSimpleMetadataSchema,
} from '@latchkey/contract/routes/metadata-schema';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { run } from './registration-fixtures.js';
import { auditOf } from './storage-fixtures.js';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
beforeEach(async () => {
  await system.context.db.query({ name: 'test.clear', text: 'DELETE FROM client_metadata_keys', values: [] });
});
afterAll(() => system.close());

const set = (body: Readonly<Record<string, unknown>>) =>
  system.call(setMetadataSchema, { body: body as MetadataSchema });
const schema = async () => (await system.call(getMetadataSchema, {})).body;
const weather = { ty: 'enum', values: ['rain', 'snow'] };
const score = { ty: 'variant', hint: 'number' };

describe('the metadata schema', () => {
  it('is given back to every user as the official client wrote it, in the order of its keys', async () => {
    // What the client sends after add_scalar, add_enum, add_embedding, add_geospatial and delete_key.
    const sent = {
      'video.score': score,
      weather: { ...weather },
      vector: { ty: 'embedding', size: 3, api: null },
      place: { ty: 'geospatial' },
      note: { ty: 'varchar', max_length: 20 },
      old: { ty: 'tombstone', deleted_ty: { ty: 'variant', hint: 'boolean' } },
      gone: { ty: 'tombstone', deleted_ty: null },
    };
    expect(await set(sent)).toMatchObject({ status: 204 });
    const { body } = await system.call(getMetadataSchema, { as: await system.createUser() });
    expect(body).toEqual({ ...sent, vector: { ty: 'embedding', size: 3 }, gone: { ty: 'tombstone' } });
    expect(Object.keys(body)).toEqual(Object.keys(sent));
    expect((await auditOf(system, 'metadata-schema.change')).at(-1)).toMatchObject({
      user_id: system.admin.uuid,
      details: { addedKeys: Object.keys(sent), changedKeys: [], removedKeys: [] },
    });
  });

  it('loses keys that a new one leaves out, but keeps those that were deleted for good', async () => {
    await set({ weather, score, gone: { ty: 'tombstone' } });
    expect(await set({ score: { ty: 'boolean' } })).toMatchObject({ status: 204 });
    expect(await schema()).toEqual({ score: { ty: 'boolean' }, gone: { ty: 'tombstone' } });
    expect((await auditOf(system, 'metadata-schema.change')).at(-1)?.details).toEqual({
      addedKeys: [],
      changedKeys: ['score'],
      removedKeys: ['weather'],
    });
    const restored = await set({ gone: score });
    expect(restored).toMatchObject({ status: 400, body: { code: 'invalid_metadata_schema' } });
    expect(restored.body.message).toContain('"gone" was deleted for good');
  });

  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ $a: score }, '"$a" is no key'],
    [{ $encord: score }, '"$encord" is no key'],
    [{ a: { ty: 'enum' } }, 'lacks "values"'],
    [{ a: { ty: 'enum', values: ['x', 'x'] } }, 'lists the value "x" twice'],
    [{ a: { ty: 'embedding' } }, 'lacks "size"'],
    [{ a: { ty: 'boolean', values: ['x'] } }, 'has "values", which is no part of the type "boolean"'],
    [{ a: { ty: 'tombstone', deleted_ty: { ty: 'enum' } } }, 'lacks "values"'],
  ])('refuses %j and says what is wrong', async (body, message) => {
    const answer = await set(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_metadata_schema' } });
    expect(answer.body.message).toContain(message);
    expect(await schema()).toEqual({});
  });

  it('is read and written in its older form, in which a key that keeps its word keeps its type', async () => {
    await set({ weather, score, gone: { ty: 'tombstone', deleted_ty: score } });
    const { body } = await system.call(getSimpleMetadataSchema, {});
    expect(body).toMatchObject({ organisationId: 1, metadataSchema: { weather: 'enum', score: 'number' } });
    const words = { weather: 'enum', score: 'boolean', note: 'long_string' };
    expect(await system.call(setSimpleMetadataSchema, { body: words })).toMatchObject({ status: 204 });
    expect(await schema()).toEqual({
      weather,
      score: { ty: 'variant', hint: 'boolean' },
      note: { ty: 'variant', hint: 'text' },
    });
    const unknown = await system.call(setSimpleMetadataSchema, { body: { colour: 'enum' } });
    expect(unknown).toMatchObject({ status: 400, body: { code: 'invalid_metadata_schema' } });
    expect(unknown.body.message).toContain('client-metadata-schema-v2');
  });
});

describe('client metadata under a metadata schema', () => {
  const image = (clientMetadata: object, at = 0) => ({
    objectUrl: signedUrl(`${at}.jpg`),
    title: `image ${at}`,
    imageMetadata,
    clientMetadata,
  });

  async function registered(images: readonly object[], ignoreErrors = true) {
    const folderUuid = await newFolder(system);
    const job = await run(system, folderUuid, await newIntegration(system, {}), { images }, ignoreErrors);
    const { body } = await system.call(listItems, { params: { folderUuid } });
    return { folderUuid, job, items: body.results as TestJson[] };
  }

  it('is checked at registration: the unit that does not fit is an error that names the key', async () => {
    await set({ weather, score });
    const { job, items } = await registered([
      image({ weather: 'rain', score: 0.5, free: { any: [1] } }),
      image({ weather: 'fog' }, 1),
      image({ score: '0.5' }, 2),
      image({ weather: null }, 3),
    ]);
    expect(items.map(({ name }) => name)).toEqual(['image 0', 'image 3']);
    expect(job.unitsErrorCount).toBe(2);
    const errors = await system.context.db.query<TestJson>({
      name: 'test.errors',
      text: 'SELECT code, field, message FROM unit_errors ORDER BY position DESC LIMIT 2',
      values: [],
    });
    expect(errors).toEqual([
      {
        code: 'client_metadata_value_invalid',
        field: 'clientMetadata.score',
        message: 'The key "score" of the client metadata is "0.5"; the metadata schema asks for a number.',
      },
      {
        code: 'client_metadata_value_invalid',
        field: 'clientMetadata.weather',
        message:
          'The key "weather" of the client metadata is "fog"; the metadata schema asks for one of "rain", "snow".',
      },
    ]);
    const whole = await registered([image({ weather: 'rain' }), image({ weather: 'fog' }, 1)], false);
    expect(whole.items).toEqual([]);
  });

  it('is checked by every edit; what items had before the schema stays as it is', async () => {
    const { items, folderUuid } = await registered([image({ weather: 'fog', free: 1 })]);
    const itemUuid = items[0]?.uuid as string;
    await set({ weather });
    const metadata = async () =>
      JSON.parse((await system.call(getItem, { params: { itemUuid } })).body.clientMetadata);
    const params = { folderUuid, itemUuid };
    const bad = { clientMetadata: { weather: 'sun' } };
    const refused = {
      status: 400,
      body: { code: 'invalid_client_metadata_value', details: { key: 'weather' } },
    };
    expect(await system.call(patchItem, { params, body: bad })).toMatchObject(refused);
    expect(await system.call(patchItemsBulk, { body: { itemPatches: { [itemUuid]: bad } } })).toMatchObject(
      refused,
    );
    const edit = (change: object) =>
      system.call(editItemsMetadata, { body: { itemUuids: [itemUuid], ...change } });
    expect(await edit({ set: { weather: 3 } })).toMatchObject(refused);
    const group = { layoutType: 'default-grid' as const, layoutContents: [itemUuid], ...bad };
    expect(await system.call(createDataGroups, { params: { folderUuid }, body: [group] })).toMatchObject({
      status: 400,
      body: { code: 'data_group_invalid', details: { code: 'client_metadata_value_invalid' } },
    });
    expect(await metadata()).toEqual({ weather: 'fog', free: 1 });
    expect(await edit({ set: { free: 2 } })).toMatchObject({ status: 200 });
    expect(await metadata()).toEqual({ weather: 'fog', free: 2 });
    expect(await edit({ set: { weather: 'snow' } })).toMatchObject({ status: 200 });
    expect(await system.call(patchItem, { params, body: { description: 'x' } })).toMatchObject({
      status: 200,
    });
    expect(await metadata()).toEqual({ weather: 'snow', free: 2 });
  });
});
