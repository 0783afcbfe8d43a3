import { describe, expect, it } from 'vitest';
import { PartMemory } from './part-memory.js';

describe('PartMemory', () => {
  it('gives exactly as many bytes as asked for', () => {
    const memory = new PartMemory();
    for (const bytes of [0, 1, 300_000]) expect(memory.take(bytes)).toHaveLength(bytes);
  });

  it('gives the smallest that was given back and is large enough', () => {
    const memory = new PartMemory();
    const [small, middle, large] = [1, 600_000, 2_000_000].map((bytes) => memory.take(bytes).buffer);
    for (const each of [large, small, middle]) if (each) memory.giveBack(each);
    expect(memory.take(500_000).buffer).toBe(middle);
    expect(memory.take(500_000).buffer).toBe(large);
    expect([small, middle, large]).not.toContain(memory.take(500_000).buffer);
  });

  it('never gives one memory to two', () => {
    const memory = new PartMemory();
    memory.giveBack(memory.take(1).buffer);
    expect(memory.take(1).buffer).not.toBe(memory.take(1).buffer);
  });

  it('keeps the eight largest', () => {
    const memory = new PartMemory();
    const taken = Array.from({ length: 9 }, (_, index) => memory.take((index + 1) * 300_000).buffer);
    for (const each of taken) memory.giveBack(each);
    expect(Array.from({ length: 8 }, () => memory.take(1).buffer)).toEqual(taken.slice(1));
    expect(taken).not.toContain(memory.take(1).buffer);
  });
});
