import { describe, expect, it } from 'vitest';
import { Slots } from './slots.js';

const tick = () => new Promise(setImmediate);

/** Work that ends when it is told to. */
function paused(): { work: () => Promise<boolean>; end: () => void; isRunning: () => boolean } {
  let end = (): void => undefined;
  let isRunning = false;
  const work = async (): Promise<boolean> => {
    isRunning = true;
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    isRunning = false;
    return false;
  };
  return { work, end: () => end(), isRunning: () => isRunning };
}

describe('Slots', () => {
  it('lets so many work at a time, and the next one when one has ended', async () => {
    const slots = new Slots(2);
    const all = [paused(), paused(), paused()] as const;
    const done = Promise.all(all.map(({ work }) => slots.run(work)));
    await tick();
    expect(all.map(({ isRunning }) => isRunning())).toEqual([true, true, false]);
    all[0].end();
    await tick();
    expect(all.map(({ isRunning }) => isRunning())).toEqual([false, true, true]);
    all[1].end();
    all[2].end();
    await done;
  });

  it('gives a slot to others while its holder is outside, and lets that back at once', async () => {
    const slots = new Slots(1);
    const outside = paused();
    const [second, third] = [paused(), paused()] as const;
    let isBack = false;
    const first = slots.run(async () => {
      await slots.outside(outside.work);
      isBack = true;
      await tick();
      await tick();
      return false;
    });
    const others = [slots.run(second.work), slots.run(third.work)];
    await tick();
    expect([outside.isRunning(), second.isRunning(), third.isRunning()]).toEqual([true, true, false]);
    outside.end();
    await tick();
    expect(isBack).toBe(true);
    second.end();
    await first;
    await tick();
    expect(third.isRunning()).toBe(true);
    third.end();
    await Promise.all(others);
  });

  it('frees the slot of work that throws', async () => {
    const slots = new Slots(1);
    await expect(slots.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await slots.run(() => Promise.resolve(false));
  });
});
