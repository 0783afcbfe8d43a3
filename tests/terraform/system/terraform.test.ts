import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from 'latchkey/run-command';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleDirectories, moduleDirectory, moduleNames } from '../support/read-module.js';
import { startWorkplace, terraformProgram, type Workplace } from '../support/run-terraform.js';

if (terraformProgram === null)
  console.warn(
    'No terraform and no tofu on this machine: the modules are checked against the schemas alone; fmt, validate, plan and test are skipped.',
  );

describe.runIf(terraformProgram !== null)('Terraform, over emulated providers', () => {
  let workplace: Workplace;
  beforeAll(async () => {
    workplace = await startWorkplace(terraformProgram ?? '');
  });
  afterAll(() => workplace.close());

  const succeed = async (directory: string, ...args: string[]): Promise<string> => {
    const { exitCode, output } = await workplace.run(directory, args);
    expect(exitCode, output).toBe(0);
    return output;
  };

  test('finds every file formatted', async () => {
    await succeed(workplace.modules, 'fmt', '-check', '-diff', '-recursive');
  });

  describe.each(moduleNames())('%s', (name) => {
    test('is valid, and passes its tests', async () => {
      const directory = join(workplace.modules, name);
      await succeed(directory, 'init', '-input=false', '-backend=false');
      await succeed(directory, 'validate');
      const output = await succeed(directory, 'test');
      expect(output).toMatch(/Success! [1-9]\d* passed, 0 failed/);
    });

    test('has examples that can be planned', async () => {
      const examples = exampleDirectories(name);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        const directory = join(workplace.modules, name, example.slice(moduleDirectory(name).length));
        await succeed(directory, 'init', '-input=false');
        expect(await succeed(directory, 'plan', '-input=false')).toMatch(
          /Plan: [1-9]\d* to add, 0 to change/,
        );
      }
    });
  });

  /** As a user runs `latchkey terraform init`, into the directory. */
  const writeConfiguration = async (directory: string, args: string): Promise<void> => {
    const notes: string[] = [];
    const exitCode = await runCommand(['terraform', 'init', ...args.split(' '), '--out', directory], {
      environment: {},
      print: () => {},
      write: async () => {},
      note: (line) => notes.push(line),
      readInput: async () => '',
      isInteractive: false,
      signal: new AbortController().signal,
    });
    expect(exitCode, notes.join('\n')).toBe(0);
  };

  test.each([
    'gcp --project-id my-gcp-project --domain data.acme.com --managed-zone acme-com --bucket-name acme-data --allowed-ips 39.42.20.11,2001:db8::/48 --cors-origins https://latchkey.acme.com',
    'aws --domain data.acme.com --managed-zone Z0123456789ABC --bucket-name acme-data --bucket-region eu-west-2 --allowed-ips 39.42.20.11',
    'aws --mode bucket_policy --bucket-name acme-data --bucket-region eu-west-2 --allowed-ips 39.42.20.11',
    'azure --resource-group-name annotation --storage-account-name acmedata --location westeurope --allowed-ips 39.42.20.11',
    'otc --bucket-name acme-data --allowed-ips 39.42.20.11 --cors-origins https://latchkey.acme.com',
  ])('plans what "latchkey terraform init %s" writes', async (args) => {
    const directory = join(workplace.modules, '..', `written-${args.replace(/\W+/g, '-').slice(0, 40)}`);
    await writeConfiguration(directory, args);
    await succeed(directory, 'fmt', '-check', '-diff', '-recursive');
    await succeed(directory, 'init', '-input=false');
    expect(await succeed(directory, 'plan', '-input=false')).toMatch(/Plan: [1-9]\d* to add, 0 to change/);
  });

  test('takes over what the set-up of the document made', async () => {
    const directory = join(workplace.modules, '..', 'document');
    mkdirSync(directory);
    cpSync(fileURLToPath(new URL('../fixtures/document', import.meta.url)), directory, { recursive: true });
    await succeed(directory, 'init', '-input=false');
    await succeed(directory, 'apply', '-input=false', '-auto-approve');
    rmSync(join(directory, 'main.tf'));
    await writeConfiguration(
      directory,
      'gcp --project-id my-gcp-project --domain data.acme.com --managed-zone acme-com --bucket-name acme-data --bucket-region EU --allowed-ips 39.42.20.11 --from-document',
    );
    await succeed(directory, 'init', '-input=false');
    const plan = await succeed(directory, 'plan', '-input=false');
    const kept = [...plan.matchAll(/\(moved from (\S+)\)|# (\S+) has moved to/g)];
    expect(new Set(kept.map(([, changed, same]) => changed ?? same)).size).toBe(17);
    expect(plan).toMatch(/Plan: \d+ to add, \d+ to change, 0 to destroy/);
    // What is new: the TLS policy and the APIs.
    expect(
      [...plan.matchAll(/# module\.unsigned_access\.(\S+) will be created/g)].map(
        ([, name]) => name?.split('[')[0],
      ),
    ).toEqual(['google_compute_ssl_policy.this', ...Array(4).fill('google_project_service.this')]);
  });

  test.each([
    ['a policy that is not asked for cache hits', 'CLOUD_ARMOR_EDGE', 'CLOUD_ARMOR', 'Only a policy of type'],
    [
      'rules of more than ten networks',
      'networks, 10)',
      'networks, 25)',
      'src_ip_ranges takes at most 10 values, not 25',
    ],
    ['a last rule that lets everybody in', '"deny(403)"', '"allow"', 'The last rule denies everybody'],
  ])('the tests of a module find %s', async (_, right, wrong, message) => {
    const directory = join(workplace.modules, 'gcp-changed');
    cpSync(join(workplace.modules, 'gcp-unsigned-access'), directory, { recursive: true });
    const main = readFileSync(join(directory, 'main.tf'), 'utf8');
    writeFileSync(join(directory, 'main.tf'), main.replaceAll(right, wrong));
    await succeed(directory, 'init', '-input=false');
    const { exitCode, output } = await workplace.run(directory, [
      'test',
      '-filter=tests/allow-list.tftest.hcl',
    ]);
    expect(exitCode).toBe(1);
    expect(output).toContain(message);
  });
});
