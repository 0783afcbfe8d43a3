import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { spawnLatchkey } from './spawn-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

async function configFile(allow: string): Promise<string> {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'data'));
  await writeFile(join(directory, 'data', 'a.txt'), 'hello');
  const file = join(directory, 'gateway.yaml');
  await writeFile(
    file,
    `listen:
  - address: 127.0.0.1:0
admin: 127.0.0.1:0
allow: ${allow}
cache: { directory: ${join(directory, 'cache')} }
sites:
  - hosts: [127.0.0.1]
    origin: { type: directory, directory: ${join(directory, 'data')} }
`,
  );
  return file;
}

describe('latchkey gateway', () => {
  it('serves, follows its list, reads it again at SIGHUP, and stops at SIGTERM', async () => {
    const file = await configFile('[]');
    const command = spawnLatchkey(['gateway', '--config', file]);
    const [, url = ''] = await command.printed(/ready at (\S+)/);
    const [, adminUrl = ''] = await command.printed(/metrics at (\S+)/);
    const status = async () => (await fetch(`${url}/a.txt`)).status;
    expect(await status()).toBe(403);
    expect((await runLatchkey(['gateway', 'allow', '127.0.0.1', '--config', file])).stdout).toBe(
      'Added 127.0.0.1.',
    );
    await expect.poll(status).toBe(200);
    expect((await runLatchkey(['gateway', 'deny', '127.0.0.1', '--config', file])).stdout).toBe(
      'Removed 127.0.0.1.',
    );
    await expect.poll(status).toBe(403);

    await writeFile(file, (await readFile(file, 'utf8')).replace('listen:', 'lisen:'));
    command.process.kill('SIGHUP');
    await command.printed(/lisen: not known here/);
    expect(await status()).toBe(403);
    expect((await fetch(`${adminUrl}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${adminUrl}/metrics`)).text()).toMatch(/latchkey_gateway_denied_total [1-9]/);
    command.process.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  });

  it('checks a configuration, and says that it serves nobody', async () => {
    const file = await configFile('[]');
    const { exitCode, stdout, stderr } = await runLatchkey(['gateway', 'check', '--config', file]);
    expect([exitCode, stdout]).toEqual([
      0,
      `${file} is usable: 1 listener(s), 1 site(s) for 127.0.0.1, 0 allowed range(s).`,
    ]);
    expect(stderr).toContain('nobody is served');
  });

  it('refuses a configuration with the file, the line and what is allowed', async () => {
    const file = await configFile('[10.0.0.1/8]');
    for (const args of [
      ['gateway', '--config', file],
      ['gateway', 'check', '--config', file],
    ]) {
      const { exitCode, stderr } = await runLatchkey(args);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${file}:4: allow[0]: "10.0.0.1/8" has bits set behind its prefix`);
    }
  });

  it('lists the entries with their comments, and tells which one allows an address', async () => {
    const file = await configFile('\n  - 203.0.113.0/24 # London');
    expect((await runLatchkey(['gateway', 'list', '--config', file])).stdout).toBe(
      '203.0.113.0/24  # London',
    );
    const refused = await runLatchkey(['gateway', 'deny', '203.0.113.7', '--config', file]);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('203.0.113.0/24')]);
    const added = await runLatchkey([
      'gateway',
      'allow',
      '2001:db8::1',
      '--comment',
      'VPN',
      '--config',
      file,
    ]);
    expect(added.exitCode).toBe(0);
    const { stdout } = await runLatchkey(['gateway', 'list', '--config', file, '--json']);
    expect(JSON.parse(stdout)).toContainEqual({ text: '2001:db8::1', comment: 'VPN' });
  });
});
