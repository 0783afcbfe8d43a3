import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@latchkey/testkit/free-port';
import { afterAll, describe, expect, test } from 'vitest';
import { deployFile, readText } from '../support/files.js';

const directory = mkdtempSync(join(tmpdir(), 'latchkey-deploy-'));
afterAll(() => rmSync(directory, { recursive: true }));

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
for (const program of ['systemd-analyze', 'nginx', 'caddy'])
  if (!has(program)) console.warn(`No ${program} on this machine: what it would say of deploy/ is skipped.`);

function run(program: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe.runIf(has('systemd-analyze'))('systemd', () => {
  /** The units with the programs of this machine: systemd looks whether they are there. */
  const units = (): string => {
    const target = join(directory, 'systemd');
    cpSync(deployFile('systemd'), target, { recursive: true });
    for (const name of readdirSync(target).filter((file) => /\.(service|timer)$/.test(file))) {
      const text = readFileSync(join(target, name), 'utf8');
      writeFileSync(join(target, name), text.replaceAll('/usr/bin/node', process.execPath));
    }
    return target;
  };

  test('has nothing to say against the units', () => {
    const target = units();
    const names = readdirSync(target).filter((name) => /\.(service|timer)$/.test(name));
    expect(names.length).toBeGreaterThan(4);
    const { status, output } = run('systemd-analyze', 'verify', ...names.map((name) => join(target, name)));
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  test.each(['latchkey.service', 'latchkey-worker@.service', 'latchkey-gateway.service'])(
    'finds %s little exposed',
    (name) => {
      const { status, output } = run(
        'systemd-analyze',
        'security',
        '--offline=true',
        '--threshold=20',
        deployFile(`systemd/${name}`),
      );
      expect(status, output).toBe(0);
    },
  );

  test('finds a misspelt setting', () => {
    const path = join(directory, 'wrong.service');
    writeFileSync(path, readText('systemd/latchkey.service').replace('ProtectHome=', 'ProtectHomes='));
    expect(run('systemd-analyze', 'verify', path).output).toContain('ProtectHomes');
  });
});

describe.runIf(has('nginx'))('nginx', () => {
  const check = (configuration: string) => {
    const site = join(directory, 'nginx');
    mkdirSync(site, { recursive: true });
    const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(site, name)) as [
      string,
      string,
    ];
    execFileSync(
      'openssl',
      [
        ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=latchkey.example.com'.split(
          ' ',
        ),
        '-keyout',
        key,
        '-out',
        certificate,
      ],
      { stdio: 'ignore' },
    );
    const text = configuration
      .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
      .replaceAll('/var/log/nginx', site);
    writeFileSync(join(site, 'latchkey.conf'), text);
    const main = `pid ${site}/pid; error_log stderr; events {} http { access_log off; include ${site}/latchkey.conf; }`;
    writeFileSync(join(site, 'nginx.conf'), main);
    return run('nginx', '-t', '-q', '-c', join(site, 'nginx.conf'));
  };

  test('takes the configuration', () => {
    expect(check(readText('nginx/latchkey.conf'))).toEqual({ status: 0, output: '' });
  });

  test('finds a misspelt setting', () => {
    const { status, output } = check(
      readText('nginx/latchkey.conf').replace('proxy_request_buffering', 'proxy_body_buffering'),
    );
    expect(status).not.toBe(0);
    expect(output).toContain('unknown directive "proxy_body_buffering"');
  });
});

describe.runIf(has('caddy'))('Caddy', () => {
  const check = (name: string) => run('caddy', 'validate', '--adapter', 'caddyfile', '--config', name);

  test('takes the configuration', () => {
    const { status, output } = check(deployFile('caddy/Caddyfile'));
    expect(output).toContain('Valid configuration');
    expect(status).toBe(0);
  });

  test('finds a misspelt setting', () => {
    const path = join(directory, 'Caddyfile');
    writeFileSync(path, readText('caddy/Caddyfile').replace('flush_interval', 'flush_period'));
    const { status, output } = check(path);
    expect(status).not.toBe(0);
    expect(output).toContain('flush_period');
  });

  test('logs no query, neither of what it serves nor of what goes wrong', async () => {
    const port = await freePort();
    const caddy = spawn(
      'caddy',
      ['run', '--adapter', 'caddyfile', '--config', deployFile('caddy/Caddyfile')],
      {
        env: {
          ...process.env,
          HOME: directory,
          LATCHKEY_DOMAIN: `http://127.0.0.1:${port}`,
          LATCHKEY_UPSTREAM: '127.0.0.1:1',
        },
      },
    );
    let log = '';
    caddy.stderr.on('data', (text: Buffer) => {
      log += text;
    });
    const ended = once(caddy, 'close');
    try {
      await expect.poll(() => log).toContain('serving initial configuration');
      expect((await fetch(`http://127.0.0.1:${port}/setup?token=sesame`)).status).toBe(502);
      await expect.poll(() => log.match(/"uri":"\/setup"/g)?.length).toBe(2);
      expect(log).not.toContain('sesame');
    } finally {
      caddy.kill('SIGTERM');
      await ended;
    }
  });
});
