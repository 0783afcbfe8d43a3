import { expect, test } from 'vitest';
import { inSlot } from './slots.js';

test('no more than six loads run at a time, and what was given up while it waited never begins', async () => {
  const { signal } = new AbortController();
  const open: (() => void)[] = [];
  const begun: number[] = [];
  const load = (index: number) => () => {
    begun.push(index);
    return new Promise<void>((resolve) => open.push(resolve));
  };
  const first = Array.from({ length: 6 }, (_, index) => inSlot(load(index), signal));
  const givenUp = new AbortController();
  const seventh = inSlot(load(6), givenUp.signal);
  const eighth = inSlot(load(7), signal);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  givenUp.abort(new Error('scrolled past'));
  open[0]?.();
  await expect(seventh).rejects.toThrow('scrolled past');
  await expect.poll(() => begun).toEqual([0, 1, 2, 3, 4, 5, 7]);
  for (const end of open) end();
  await Promise.all([...first, eighth]);
});
