import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeManifest } from './manifest-file.js';
import { matchesAmong, searches, unitsOf, type Workload } from './units.js';

const workload: Workload = {
  items: 1000,
  seed: 1,
  kind: 'images',
  signedAt: new Date('2026-11-23T00:00:00Z'),
  generation: 0,
};
const pathOf = (url: string) => url.slice(0, url.indexOf('?'));
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-bench-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('the workload', () => {
  it('is the same for the same seed and another one for another', () => {
    expect([...unitsOf(workload)]).toEqual([...unitsOf(workload)]);
    expect([...unitsOf({ ...workload, seed: 2 })]).not.toEqual([...unitsOf(workload)]);
  });

  it('has other signatures and later dates for the same objects when they are signed anew', () => {
    const first = [...unitsOf(workload)].map((unit) => unit.objectUrl);
    const again = [...unitsOf({ ...workload, generation: 1 })].map((unit) => unit.objectUrl);
    expect(again.map(pathOf)).toEqual(first.map(pathOf));
    expect(again.filter((url, index) => url === first[index])).toEqual([]);
    expect(first[0]).toContain('X-Amz-Date=20261123T000000Z');
    expect(again[0]).toContain('X-Amz-Date=20261124T000000Z');
  });

  it('has different objects, and of the sizes of the reference', () => {
    const units = [...unitsOf(workload)];
    expect(new Set(units.map((unit) => pathOf(unit.objectUrl))).size).toBe(1000);
    for (const unit of units) {
      expect(unit.objectUrl.length).toBeGreaterThanOrEqual(400);
      expect(unit.objectUrl.length).toBeLessThanOrEqual(416);
      expect(unit.clientMetadata.length).toBeGreaterThanOrEqual(62);
      expect(unit.clientMetadata.length).toBeLessThanOrEqual(70);
    }
    expect(units.filter((unit) => /[^ -~]/.test(unit.title)).length).toBe(20);
  });

  it.each([1, 7, 8, 42, 43, 142, 143, 1000])('knows what searches find among %d units', (items) => {
    const titles = [...unitsOf({ ...workload, items })].map((unit) => unit.title);
    for (const search of ['common', 'medium', 'rare', 'none'] as const) {
      const found = titles.filter((title) => title.includes(searches[search]));
      expect(matchesAmong(items, search)).toBe(found.length);
    }
  });

  it.each(['images', 'videos'] as const)('is written as one JSON object of %s', async (kind) => {
    const path = join(directory, `${kind}.json`);
    const file = await writeManifest(path, { ...workload, kind }, { skipDuplicateUrls: true });
    const text = await readFile(path);
    const manifest = JSON.parse(text.toString());
    expect(file).toEqual({ path, bytes: text.length, units: 1000 });
    expect(manifest.skip_duplicate_urls).toBe(true);
    expect(manifest[kind]).toHaveLength(1000);
    expect(text.length / 1000).toBeGreaterThan(600);
    expect(text.length / 1000).toBeLessThan(720);
  });
});
