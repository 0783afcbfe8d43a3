import { expect, it } from 'vitest';
import { Seats } from './seats.js';

it('a job has two seats, and a process eight', () => {
  const seats = new Seats();
  const leave = seats.take('a');
  expect(seats.take('a')).not.toBeNull();
  expect(seats.isFull('a')).toBe(true);
  expect(seats.take('a')).toBeNull();
  for (const job of ['b', 'b', 'c', 'c', 'd', 'd']) expect(seats.take(job)).not.toBeNull();
  expect(seats.isFull('e')).toBe(false);
  expect(seats.take('e')).toBeNull();
  leave?.();
  expect(seats.take('e')).not.toBeNull();
});

it('all are free when the last one is left', () => {
  const seats = new Seats();
  const leave = [seats.take('a'), seats.take('a')];
  leave[0]?.();
  expect(seats.areFree).toBe(false);
  leave[1]?.();
  expect(seats.areFree).toBe(true);
});
