import { expect, test } from 'vitest';
import { isOnItsWay, type ManifestUpload, uploadsReducer } from './uploads-state.js';

const upload = (id: number): ManifestUpload => ({
  id,
  folderUuid: 'f',
  file: new File(['{}'], `${id}.json`),
  settings: { integrationUuid: 'i', ignoreErrors: true, skipDuplicateUrls: false, allowExpiredUrls: false },
  idempotencyKey: `key ${id}`,
  phase: { name: 'waiting' },
});

test('uploads are added at the end, moved through their phases and removed', () => {
  const two = uploadsReducer([upload(1)], { type: 'added', uploads: [upload(2)] });
  const moved = uploadsReducer(two, { type: 'moved', id: 2, phase: { name: 'started', jobUuid: 'j' } });
  expect(moved.map(({ phase }) => phase.name)).toEqual(['waiting', 'started']);
  expect(uploadsReducer(moved, { type: 'removed', ids: [1] }).map(({ id }) => id)).toEqual([2]);
});

test('a phase of an upload that was removed changes nothing', () => {
  const uploads = [upload(1)];
  expect(uploadsReducer(uploads, { type: 'moved', id: 9, phase: { name: 'sending' } })).toEqual(uploads);
});

test('only what the server does not have yet would be lost', () => {
  expect(isOnItsWay(upload(1))).toBe(true);
  expect(isOnItsWay({ ...upload(1), phase: { name: 'offline' } })).toBe(true);
  expect(isOnItsWay({ ...upload(1), phase: { name: 'started', jobUuid: 'j' } })).toBe(false);
});
