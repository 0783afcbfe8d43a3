import { unitOutcome } from '@latchkey/db/upload-jobs/parts';
import { expect, test } from 'vitest';
import { settleUnits } from './settle-units.js';

const { none, created, skipped, renewed, error } = unitOutcome;
const nowhere = new Set<number>();
const known = (...rows: number[]) =>
  new Map(rows.map((row) => [row, { id: `known ${row}`, expires_at: null, is_signed: false }]));
const newId = (row: number) => `new ${row}`;

test('a unit of one item has the outcome of that', () => {
  const outcomes = Uint8Array.from([none, error, none, none, error]);
  const rows = { indexes: Uint32Array.from([0, 2, 3]), numbers: Uint32Array.from([0, 0, 0]) };
  const settled = settleUnits(
    outcomes,
    rows,
    { known: known(1, 2), renewed: new Set([2]), refused: nowhere },
    newId,
  );
  expect([...settled.outcomes]).toEqual([created, error, skipped, renewed, error]);
  expect(settled).toMatchObject({ knownItemIds: ['known 1', 'known 2'], severalItems: {} });
});

test('a row that is refused makes no outcome', () => {
  const rows = { indexes: Uint32Array.from([0, 1]), numbers: Uint32Array.from([0, 0]) };
  const settled = settleUnits(
    Uint8Array.from([error, none]),
    rows,
    { known: known(0), renewed: nowhere, refused: new Set([0]) },
    newId,
  );
  expect([...settled.outcomes]).toEqual([error, created]);
  expect(settled.knownItemIds).toEqual([]);
});

test.each([
  ['all known', [0, 1, 2], [], skipped],
  ['one renewed', [0, 1, 2], [1], renewed],
  ['one new', [0, 2], [0], created],
  ['the first new', [1, 2], [2], created],
])('a unit of several items counts once: %s', (_, knownRows, renewedRows, outcome) => {
  const rows = { indexes: Uint32Array.from([0, 0, 0, 1]), numbers: Uint32Array.from([0, 1, 2, 0]) };
  const settled = settleUnits(
    new Uint8Array(2),
    rows,
    { known: known(...knownRows), renewed: new Set(renewedRows), refused: nowhere },
    newId,
  );
  expect([...settled.outcomes]).toEqual([outcome, created]);
  expect(settled.knownItemIds).toEqual([]);
  expect(settled.severalItems).toEqual({
    0: [0, 1, 2].map((row) => (knownRows.includes(row) ? `known ${row}` : `new ${row}`)),
  });
});
