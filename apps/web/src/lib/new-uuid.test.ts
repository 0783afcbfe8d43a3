import { expect, test } from 'vitest';
import { newUuid } from './new-uuid.js';

test('a UUID is of version 4 and never comes twice', () => {
  const uuids = Array.from({ length: 1000 }, newUuid);
  for (const uuid of uuids)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(uuids).size).toBe(1000);
});
