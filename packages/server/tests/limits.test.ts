import { limits, type ManifestLimits, manifestLimitNames } from '@latchkey/contract/limits';
import { getLimits } from '@latchkey/contract/routes/limits';
import { readConfig } from '@latchkey/server/config/environment';
import { ConfigError } from '@latchkey/server/config/settings';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, spooled, unitErrors } from './fixtures.js';
import { countRows, run } from './registration-fixtures.js';

const settings: readonly (readonly [keyof ManifestLimits, string, number])[] = [
  ['manifestBytes', 'LATCHKEY_MAX_MANIFEST_BYTES', 5000],
  ['manifestUnits', 'LATCHKEY_MAX_MANIFEST_UNITS', 3],
  ['manifestElementBytes', 'LATCHKEY_MAX_MANIFEST_ELEMENT_BYTES', 2000],
  ['objectUrlBytes', 'LATCHKEY_MAX_OBJECT_URL_BYTES', 100],
  ['titleLength', 'LATCHKEY_MAX_TITLE_LENGTH', 20],
  ['clientMetadataBytes', 'LATCHKEY_MAX_CLIENT_METADATA_BYTES', 50],
];
const given = Object.fromEntries(settings.map(([name, , value]) => [name, value]));

let system: TestSystem;
let folder: string;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({
    environment: Object.fromEntries(settings.map(([, variable, value]) => [variable, String(value)])),
  });
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterAll(() => system.close());

describe('the limits of a server', () => {
  it('are all settings', () => {
    expect(settings.map(([name]) => name)).toEqual(manifestLimitNames);
  });

  it('are shown to every user as they are set, and to nobody else', async () => {
    const { pageSizeMax, bulkItems, longPollSeconds } = limits;
    const as = await system.createUser();
    expect(await system.call(getLimits, { as })).toEqual({
      status: 200,
      body: {
        ...given,
        pageSizeMax,
        bulkItems,
        longPollSeconds,
        quotas: {
          items: null,
          runningJobsPerUser: null,
          spoolBytes: null,
          spoolBytesPerUser: null,
          apiTokensPerUser: null,
        },
      },
    });
    expect(await system.call(getLimits, { as: null })).toMatchObject({
      status: 401,
      body: { code: 'authentication_required' },
    });
  });

  it('are those of the contract when nothing is set, for ten million units and more', () => {
    const { manifestLimits } = readConfig({});
    expect(manifestLimits).toEqual(
      Object.fromEntries(manifestLimitNames.map((name) => [name, limits[name]])),
    );
    expect(manifestLimits.manifestUnits).toBeGreaterThanOrEqual(10_000_000);
  });

  it.each(settings)('take for %s no other value of %s than a count', (name, variable) => {
    for (const value of ['0', '-1', '1.5', 'many', '1e3', '10_000', '99999999999999999999']) {
      const read = (): unknown => readConfig({ [variable]: value });
      expect(read).toThrow(ConfigError);
      expect(read).toThrow(`${variable} must be a whole number from 1 to`);
      if (value.length > 2) expect(read).not.toThrow(value);
    }
    expect(readConfig({ [variable]: ' 7 ' }).manifestLimits).toMatchObject({ [name]: 7 });
    expect(readConfig({ [variable]: '' }).manifestLimits).toMatchObject({ [name]: limits[name] });
  });

  it.each(['LATCHKEY_JOB_RETENTION_DAYS', 'LATCHKEY_MANIFEST_RETENTION_HOURS', 'LATCHKEY_WORKER_THREADS'])(
    'come with %s, which takes a count too',
    (variable) => {
      expect(() => readConfig({ [variable]: 'x' })).toThrow(`${variable} must be a whole number from 1 to`);
    },
  );
});

describe('a manifest over a limit', () => {
  const url = 'https://data.example.com/x';
  const unit = { objectUrl: url, imageMetadata };
  const padding = ' '.repeat(5000);

  it.each([
    ['manifestBytes', 413, 'body_too_large', `{"images": [${JSON.stringify(unit)}]${padding}}`],
    [
      'manifestUnits',
      400,
      'manifest_too_many_units',
      JSON.stringify({ images: [unit, unit], text: [unit, unit] }),
    ],
    [
      'manifestElementBytes',
      400,
      'manifest_wrong_type',
      JSON.stringify({ images: [unit, { ...unit, clientMetadata: { text: 'x'.repeat(2000) } }] }),
    ],
  ] as const)('is refused with the name of %s, and nothing is kept', async (name, status, code, text) => {
    const jobs = await countRows(system, 'upload_jobs');
    const { status: answered, body } = await system.register(folder, integration, text);
    expect([answered, body.code]).toEqual([status, code]);
    expect(body.message).toContain(`(limit ${name}`);
    expect(body.message).toContain(String(given[name]));
    expect(await countRows(system, 'upload_jobs')).toBe(jobs);
    expect(await spooled(system)).toEqual([]);
  });

  it.each([
    ['objectUrlBytes', 'object_url_too_long', { ...unit, objectUrl: `${url}${'é'.repeat(38)}` }],
    ['titleLength', 'title_too_long', { ...unit, title: 't'.repeat(21) }],
    ['clientMetadataBytes', 'client_metadata_invalid', { ...unit, clientMetadata: { text: 'x'.repeat(40) } }],
  ] as const)(
    'has unit errors with the name of %s, and its other units are registered',
    async (name, code, bad) => {
      const job = await run(system, await newFolder(system), integration, { images: [unit, bad] });
      expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 1, unitsErrorCount: 1 });
      const [error] = await unitErrors(system, job.folderUuid, job.uploadJobUuid);
      expect(error.code).toBe(code);
      expect(error.error).toContain(`(limit ${name})`);
      expect(error.error).toContain(String(given[name]));
    },
  );

  it('has units up to each limit registered', async () => {
    const job = await run(system, folder, integration, {
      images: [
        { ...unit, title: 't'.repeat(20) },
        { ...unit, objectUrl: `${url}${'x'.repeat(100 - url.length)}` },
        { ...unit, clientMetadata: { text: 'x'.repeat(39) } },
      ],
    });
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 3, unitsErrorCount: 0 });
  });
});

describe('generous limits', () => {
  it('let long URLs, titles and client metadata through to the database', async () => {
    await using generous = await startTestSystem({
      environment: {
        LATCHKEY_MAX_OBJECT_URL_BYTES: '1048576',
        LATCHKEY_MAX_TITLE_LENGTH: '600',
        LATCHKEY_MAX_CLIENT_METADATA_BYTES: '8000000',
        LATCHKEY_MAX_MANIFEST_ELEMENT_BYTES: '20000000',
      },
    });
    const folderUuid = await newFolder(generous);
    const job = await run(generous, folderUuid, await newIntegration(generous), {
      images: [
        { objectUrl: `https://data.example.com/${'x'.repeat(1_000_000)}`, imageMetadata },
        { objectUrl: 'https://data.example.com/t', title: '語'.repeat(600), imageMetadata },
        { objectUrl: 'https://data.example.com/c', clientMetadata: { text: 'x'.repeat(7_000_000) } },
      ],
    });
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 3, unitsErrorCount: 0 });
    expect(job.itemsWithNames[1].name).toHaveLength(600);
  });
});
