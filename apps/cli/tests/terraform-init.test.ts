import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../src/run-command.js';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const gcp = ['terraform', 'init', 'gcp', '--project-id', 'my-gcp-project', '--domain', 'data.acme.com'];
const list = ['--bucket-name', 'acme-data', '--allowed-ips', '39.42.20.11/32, 2001:db8::/48'];

test('writes a root module with the module that it uses, without its tests', async () => {
  const out = join(temporaryDirectory(), 'new');
  const { exitCode, stdout } = await runLatchkey([...gcp, ...list, '--existing-bucket', '--out', out]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('terraform init && terraform plan');
  expect(readdirSync(out).sort()).toEqual(['.gitignore', 'main.tf', 'modules']);
  expect(readdirSync(join(out, 'modules/gcp-unsigned-access')).sort()).toEqual([
    'README.md',
    'main.tf',
    'outputs.tf',
    'variables.tf',
    'versions.tf',
  ]);
  const main = readFileSync(join(out, 'main.tf'), 'utf8');
  expect(main).toContain('  allowed_ips   = ["39.42.20.11/32", "2001:db8::/48"]\n');
  expect(main).toContain('  create_bucket = false\n');
});

test('writes over nothing without --force', async () => {
  const out = temporaryDirectory();
  writeFileSync(join(out, 'main.tf'), 'mine');
  const refused = await runLatchkey([...gcp, ...list, '--out', out]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('main.tf already');
  expect(refused.stderr).toContain('--force');
  expect(readFileSync(join(out, 'main.tf'), 'utf8')).toBe('mine');
  expect(existsSync(join(out, 'modules'))).toBe(false);
  expect((await runLatchkey([...gcp, ...list, '--out', out, '--force'])).exitCode).toBe(0);
  expect(readFileSync(join(out, 'main.tf'), 'utf8')).toContain('module "unsigned_access"');
});

test('names every flag that is missing, and every one that is wrong', async () => {
  const missing = await runLatchkey(['terraform', 'init', 'azure']);
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('--resource-group-name, --storage-account-name, --allowed-ips');
  const wrong = await runLatchkey([
    ...['terraform', 'init', 'otc', '--bucket-name', 'data.acme.com', '--bucket-region', 'eu-west-2'],
    ...['--allowed-ips', '0.0.0.0/0,office,1.2.3.4/33,::1'],
  ]);
  expect(wrong.stderr).toContain('--bucket-name: "data.acme.com" is not 3 to 63');
  expect(wrong.stderr).toContain('--bucket-region: "eu-west-2" is not eu-de or eu-nl');
  expect(wrong.stderr).toContain('"0.0.0.0/0" is wider than /8');
  expect(wrong.stderr).toContain('"office" is no address');
  expect(wrong.stderr).toContain('"1.2.3.4/33" has no prefix from 0 to 32');
  expect(wrong.stderr).toContain('"::1" is IPv6');
});

test.each([
  ['aws', '--bucket-region eu-west-2 --bucket-name acme', '--domain, or --mode bucket_policy'],
  [
    'aws',
    '--bucket-region eu-west-2 --bucket-name acme --domain data.acme.com',
    '--managed-zone or --certificate-arn',
  ],
  ['azure', '--resource-group-name a --storage-account-name acme', '--location of the new storage account'],
])('says what %s needs besides', async (cloud, flags, lacking) => {
  const args = ['terraform', 'init', cloud, ...flags.split(' '), '--allowed-ips', '39.42.20.11'];
  expect((await runLatchkey(args)).stderr).toContain(`Missing: ${lacking}.`);
});

test('says what an existing bucket needs by hand', async () => {
  const args = ['otc', ...list.slice(0, 3), '39.42.20.11', '--existing-bucket', '--out'];
  const { stdout } = await runLatchkey([
    'terraform',
    'init',
    ...args,
    join(temporaryDirectory(), 'existing'),
  ]);
  expect(stdout).toContain('terraform output bucket_policy');
});

/** Runs the command at a terminal where somebody answers in turn. */
async function runAnswering(args: readonly string[], answers: string[]) {
  const out = join(temporaryDirectory(), 'asked');
  const questions: string[] = [];
  const notes: string[] = [];
  const exitCode = await runCommand(['terraform', 'init', ...args, '--out', out], {
    environment: {},
    print: () => {},
    write: async () => {},
    note: (line) => notes.push(line),
    readInput: async () => '',
    isInteractive: true,
    ask: async (question) => {
      questions.push(question);
      const answer = answers.shift();
      if (answer === undefined) throw new Error(`one question more: ${question}`);
      return answer;
    },
    signal: new AbortController().signal,
  });
  const main = existsSync(join(out, 'main.tf')) ? readFileSync(join(out, 'main.tf'), 'utf8') : '';
  return { exitCode, questions, notes, main };
}

test('asks for what no flag gives, and asks again after a wrong answer', async () => {
  const { exitCode, questions, notes, main } = await runAnswering(
    ['otc'],
    ['perhaps', '', '', 'data.acme.com', 'acme-data', '', ',', '39.42.20.11', 'https://latchkey.acme.com'],
  );
  expect(exitCode).toBe(0);
  expect(questions).toHaveLength(9);
  expect(notes[0]).toBe('"perhaps" is neither yes nor no.');
  expect(notes[1]).toBe('--bucket-name is needed.');
  expect(notes[2]).toContain('"data.acme.com" is not');
  expect(notes[3]).toContain('--allowed-ips is empty');
  expect(main).toContain('bucket_name  = "acme-data"');
  expect(main).not.toContain('bucket_region');
  expect(main).not.toContain('create_bucket');
});

test('an existing bucket is not asked for its region', async () => {
  const { exitCode, questions, main } = await runAnswering(
    ['azure', '--resource-group-name', 'annotation', '--allowed-ips', '39.42.20.11'],
    ['yes', 'acmedata', '', ''],
  );
  expect(exitCode).toBe(0);
  expect(questions.filter((question) => question.includes('region'))).toEqual([]);
  expect(main).toContain('create_storage_account = false');
});

test('asks again for what is needed of optional values, and keeps the other answers', async () => {
  const { exitCode, notes, main } = await runAnswering(
    ['aws', '--allowed-ips', '39.42.20.11', '--cors-origins', 'https://latchkey.acme.com'],
    ['', '', 'data.acme.com', '', '', 'acme-data', 'eu-west-2', '', 'Z0123456789ABC', ''],
  );
  expect(exitCode).toBe(0);
  expect(notes).toEqual(['Missing: --managed-zone or --certificate-arn.']);
  expect(main).toMatch(/domain +=.*data\.acme\.com/);
  expect(main).toMatch(/managed_zone +=.*Z0123456789ABC/);
});

test('asks nothing where every flag is given', async () => {
  const { exitCode, questions } = await runAnswering(
    [
      'otc',
      ...list.slice(0, 2),
      ...'--bucket-region eu-de --allowed-ips 39.42.20.11'.split(' '),
      '--cors-origins',
      'https://latchkey.acme.com',
    ],
    [],
  );
  expect(exitCode).toBe(0);
  expect(questions).toEqual([]);
});

test.each([
  ['aws', '--bucket-name', 'my_bucket', '"my_bucket" is not 3 to 63'],
  ['azure', '--allowed-ips', '192.168.1.0/24', '"192.168.1.0/24" is private'],
  ['gcp', '--domain', `${'data.'.repeat(12)}acme.com`, 'is longer than the 63 characters'],
  ['gcp', '--allowed-ips', ' , ', '--allowed-ips is empty'],
])(
  '%s: what the module would refuse on a plan is refused at once (%s)',
  async (cloud, flag, value, problem) => {
    const { exitCode, stderr } = await runLatchkey(['terraform', 'init', cloud, flag, value]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(problem);
  },
);

test('a directory that cannot be written is named', async () => {
  const parent = temporaryDirectory();
  writeFileSync(join(parent, 'file'), '');
  mkdirSync(join(parent, 'directory'));
  const { exitCode, stderr } = await runLatchkey([...gcp, ...list, '--out', join(parent, 'file')]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/file.* cannot be written \((ENOTDIR|EEXIST)\)|file/);
});
