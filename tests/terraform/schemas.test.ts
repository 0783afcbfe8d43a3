import { describe, expect, test } from 'vitest';
import { checkBlocks } from './support/check-blocks.js';
import { checkReferences } from './support/check-references.js';
import { readProviderSchemas } from './support/provider-schema.js';
import { moduleDirectory, moduleNames, readModule } from './support/read-module.js';

const schemas = readProviderSchemas();

describe.each(moduleNames())('%s', (name) => {
  test('says only what its provider knows, and all that the provider needs', async () => {
    const module = await readModule(moduleDirectory(name));
    expect(module.blocks.length).toBeGreaterThan(1);
    expect(checkBlocks(module, schemas)).toEqual([]);
  });

  test('refers to what is there, and uses and describes every variable', async () => {
    expect(checkReferences(await readModule(moduleDirectory(name)), schemas)).toEqual([]);
  });
});

/** Mistakes in a module that is sound: what is replaced, by what, and what is found. */
const mistakes = [
  ['a misspelt argument', 'storage_class ', 'storage_clas ', 'no argument or block "storage_clas"'],
  [
    'a misspelt argument in a nested block',
    'src_ip_ranges = ["*"]',
    'src_ip_range = ["*"]',
    'no argument or block "src_ip_range"',
  ],
  [
    'a misspelt argument in a dynamic block',
    'src_ip_ranges = rule.value',
    'ip_ranges = rule.value',
    'no argument or block "ip_ranges"',
  ],
  [
    'a text where a boolean belongs',
    'enable_cdn            = true',
    'enable_cdn = "yes"',
    'enable_cdn: bool expected',
  ],
  [
    'a text where a number belongs',
    'timeout_sec           = 3600',
    'timeout_sec = "an hour"',
    'timeout_sec: number expected',
  ],
  ['a text where a list belongs', 'hosts        = [var.domain]', 'hosts = "data"', 'hosts: set expected'],
  ['a block that is missing an argument', 'header_name = "X-Bypass-Cache"', '', 'lacks "header_name"'],
  [
    'a resource that is missing an argument',
    'role   = "roles/storage.legacyObjectReader"',
    '',
    'lacks "role"',
  ],
  ['an argument written as a block', 'labels                = var.labels', 'labels {}', 'map expected'],
  ['a block written as an argument', 'backend {', 'backend = {', 'backend: is a block'],
  [
    'two blocks where one is taken',
    'log_config {',
    'log_config {}\n  log_config {',
    'log_config: 2 blocks, at most 1',
  ],
  [
    'what only the provider sets',
    'compression_mode      = "DISABLED"',
    'fingerprint = "x"',
    'fingerprint: is set by the provider',
  ],
  ['an unknown type', 'google_compute_ssl_policy" "this', 'google_compute_tls_policy" "this', 'unknown type'],
  [
    'a reference to no resource',
    'google_compute_url_map.https.id',
    'google_compute_url_map.main.id',
    'google_compute_url_map.main.id is not there',
  ],
  [
    'a reference to no attribute',
    'google_service_account.reader[0].email',
    'google_service_account.reader[0].mail',
    'has no "mail"',
  ],
  ['a reference to no variable', 'var.bucket_versioning', 'var.versioning', 'var.versioning is not there'],
  ['a variable that nothing uses', 'var.bucket_versioning', 'true', 'var.bucket_versioning is not used'],
  ['a reference to no local value', 'local.networks', 'local.cidrs', 'local.cidrs is not there'],
] as const;

describe('a mistake is found', () => {
  test.each(mistakes)('%s', async (_, right, wrong, problem) => {
    const module = await readModule(moduleDirectory('gcp-unsigned-access'), (text) =>
      text.replace(right, wrong),
    );
    const problems = [...checkBlocks(module, schemas), ...checkReferences(module, schemas)];
    expect(problems.join('\n')).toContain(problem);
  });
});
