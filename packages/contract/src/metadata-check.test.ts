import { describe, expect, test } from 'vitest';
import { metadataCheck } from './metadata-check.js';
import type { MetadataKeyType } from './schemas/metadata-schema.js';

const problemOf = (type: MetadataKeyType, value: unknown): string | null =>
  metadataCheck({ k: type })?.({ other: Symbol, k: value })?.message ?? null;

describe('a value under a key of the metadata schema', () => {
  test.each<[MetadataKeyType, unknown[], unknown[]]>([
    [{ ty: 'variant', hint: 'number' }, [0, -1.5, 1e300], ['1', true, [1], Number.NaN]],
    [{ ty: 'number', format: 'F32' }, [1], ['one']],
    [{ ty: 'boolean' }, [true, false], ['true', 1]],
    [{ ty: 'varchar', max_length: 3 }, ['', 'abc'], ['abcd', 3]],
    [{ ty: 'variant', hint: 'varchar' }, ['x'.repeat(8192)], ['x'.repeat(8193)]],
    [{ ty: 'variant' }, ['x'.repeat(9000)], [1, {}]],
    [{ ty: 'uuid' }, ['019A0000-0000-7000-8000-00000000000f'], ['019a', 5]],
    [{ ty: 'enum', values: ['rain', 'snow'] }, ['rain'], ['sun', ['rain']]],
    [{ ty: 'embedding', size: 2 }, [[1, 2.5]], [[1], [1, 'a'], [1, null], 'x']],
    [{ ty: 'geospatial' }, [[1, 2], { lat: 1, lon: 2 }], ['1,2', [1]]],
    [{ ty: 'user' }, ['ann@example.com'], [7]],
  ])('%j takes its type alone', (type, good, bad) => {
    for (const value of good) expect(problemOf(type, value)).toBeNull();
    for (const value of bad) expect(problemOf(type, value)).toContain('the metadata schema asks for');
    expect(problemOf(type, null)).toBeNull();
  });

  test('is a moment of the calendar where it is a datetime', () => {
    const type = { ty: 'variant', hint: 'datetime' } as const;
    for (const good of [
      '2026-03-01',
      '2024-02-29T23:59:59Z',
      '2026-03-01T12:00',
      '2026-03-01 12:00:00.123456+02:00',
      '2026-12-31T12:00:00-0700',
    ])
      expect(problemOf(type, good)).toBeNull();
    for (const bad of [
      '2026-02-29',
      '2026-13-01',
      '0000-01-01',
      '2026-03-01T24:00',
      'yesterday',
      '',
      1_700_000_000,
    ])
      expect(problemOf(type, bad)).toContain('ISO 8601');
  });

  test('is named with what was given and what is allowed', () => {
    const values = Array.from({ length: 12 }, (_, at) => `v${at}`);
    expect(metadataCheck({ weather: { ty: 'enum', values } })?.({ weather: 'fog' })).toEqual({
      key: 'weather',
      message:
        'The key "weather" of the client metadata is "fog"; the metadata schema asks for one of "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9" and 2 more.',
    });
  });

  test('is free where the key was deleted, and nothing is asked where all keys are', () => {
    expect(metadataCheck({})).toBeNull();
    expect(metadataCheck({ k: { ty: 'tombstone', deleted_ty: { ty: 'boolean' } } })).toBeNull();
  });
});
