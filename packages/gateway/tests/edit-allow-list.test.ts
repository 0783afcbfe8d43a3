import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowRange, denyRange, listAllowed } from '../src/allow-list/edit-allow-list.js';
import { temporaryDirectory } from './temporary-directory.js';

const text = `# The gateway of the London office.
listen:
  - address: 0.0.0.0:443 # public
allow:
  # Offices
  - 203.0.113.0/24 # London
  - 198.51.100.7
sites: []
`;

async function fileWith(content: string, name = 'gateway.yaml'): Promise<string> {
  const file = join(await temporaryDirectory(), name);
  await writeFile(file, content);
  return file;
}

describe('editing the list', () => {
  it('adds and removes ranges and leaves the rest of the file as it was', async () => {
    const file = await fileWith(text);
    await chmod(file, 0o640);
    expect(await allowRange(file, '2001:DB8:0::/48', 'VPN')).toEqual({ isChanged: true, covering: [] });
    expect(await readFile(file, 'utf8')).toBe(text.replace('sites', '  - 2001:db8::/48 # VPN\nsites'));
    expect(await denyRange(file, '2001:db8::/48')).toEqual({ isChanged: true, covering: [] });
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(dirname(file))).toEqual(['gateway.yaml']);
  });

  it('leaves the file to its owner and group, of whom one may be the gateway', async () => {
    const file = await fileWith(text);
    // Only root gives a file away; for others it is their own before and after.
    if (process.getuid?.() === 0) await chown(file, 65532, 65533);
    const before = await stat(file);
    await denyRange(file, '198.51.100.7');
    const after = await stat(file);
    expect(after.ino).not.toBe(before.ino);
    expect([after.uid, after.gid]).toEqual([before.uid, before.gid]);
  });

  it('tells that a range is allowed already, and by which entry', async () => {
    const file = await fileWith(text);
    expect(await allowRange(file, '203.0.113.7', null)).toEqual({
      isChanged: false,
      covering: ['203.0.113.0/24'],
    });
    expect(await denyRange(file, '203.0.113.7')).toEqual({ isChanged: false, covering: ['203.0.113.0/24'] });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('begins a list that is not there, and edits JSON', async () => {
    const file = await fileWith('{"sites": []}', 'gateway.json');
    await allowRange(file, '10.0.0.0/8', null);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ sites: [], allow: ['10.0.0.0/8'] });
    expect(await listAllowed(file)).toEqual([{ text: '10.0.0.0/8', comment: null }]);
  });

  it('loses no edit of several at once', async () => {
    const file = await fileWith('allow: []\n');
    await Promise.all(
      ['10.0.0.1', '10.0.0.3', '10.0.0.5', '10.0.0.7'].map((address) => allowRange(file, address, null)),
    );
    expect((await listAllowed(file)).map((entry) => entry.text).sort()).toEqual([
      '10.0.0.1',
      '10.0.0.3',
      '10.0.0.5',
      '10.0.0.7',
    ]);
  });

  it('refuses what is no range, and a file that is no YAML', async () => {
    const file = await fileWith(text);
    await expect(allowRange(file, '10.0.0.1/8', null)).rejects.toThrow('10.0.0.0/8');
    await expect(allowRange(file, '0.0.0.0/0', null)).rejects.toThrow('allowWideRanges');
    await expect(allowRange(await fileWith('a: ['), '10.0.0.1', null)).rejects.toThrow('gateway.yaml');
  });
});
