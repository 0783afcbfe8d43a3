import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deployFile, readText } from './support/files.js';
import { parseUnit } from './support/systemd-unit.js';

const services = readdirSync(deployFile('systemd')).filter((name) => name.endsWith('.service'));
const longRunning = services.filter((name) => !name.includes('backup'));

describe.each(services)('%s', (name) => {
  const unit = parseUnit(readText(`systemd/${name}`));

  test('runs the command without rights, and sees only what it needs', () => {
    const service = unit['Service'] ?? {};
    expect(service['ExecStart']?.[0]).toContain('/usr/bin/node /opt/latchkey/apps/cli/dist/main.js ');
    expect(service['User']?.[0]).toMatch(/^latchkey/);
    expect(service).toMatchObject({
      NoNewPrivileges: ['true'],
      ProtectSystem: ['strict'],
      ProtectHome: ['true'],
      PrivateTmp: ['true'],
      UMask: ['0077'],
    });
    expect(service['CapabilityBoundingSet']?.[0]).toMatch(/^$|^CAP_NET_BIND_SERVICE$/);
  });

  test('keeps secrets out of the unit', () => {
    expect(unit['Service']?.['EnvironmentFile']).toHaveLength(1);
    expect(JSON.stringify(unit['Service']?.['Environment'])).not.toMatch(/SECRET|DATABASE_URL|PASSWORD/);
  });
});

test.each(longRunning)('%s starts again after a fault, and with the machine', (name) => {
  const unit = parseUnit(readText(`systemd/${name}`));
  expect(unit['Service']?.['Restart']).toEqual(['on-failure']);
  expect(unit['Install']?.['WantedBy']).toEqual(['multi-user.target']);
});

test('the gateway reads a directory that is not the one of the secrets of the server', () => {
  const directoryOf = (name: string) =>
    /^(.*)\//.exec(parseUnit(readText(`systemd/${name}`))['Service']?.['EnvironmentFile']?.[0] ?? '')?.[1];
  const [command] = parseUnit(readText('systemd/latchkey-gateway.service'))['Service']?.['ExecStart'] ?? [];
  expect(directoryOf('latchkey-gateway.service')).not.toBe(directoryOf('latchkey.service'));
  expect(command).toContain(` --config ${directoryOf('latchkey-gateway.service')}/gateway.yaml`);
});

test('the sealed server has no route out', () => {
  const unit = parseUnit(readText('systemd/latchkey.service.d/sealed.conf'));
  expect(unit['Service']).toEqual({
    Environment: ['LATCHKEY_PROBE=off'],
    IPAddressDeny: ['any'],
    IPAddressAllow: ['localhost'],
  });
});

test.each([
  ['a line that is no setting', '[Service]\nUser latchkey\n'],
  ['a setting outside a section', 'User=latchkey\n'],
  ['a section that does not end', '[Service\nUser=latchkey\n'],
])('finds %s', (_, text) => {
  expect(() => parseUnit(text)).toThrow(/line \d/);
});
