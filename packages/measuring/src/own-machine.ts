import { ObjectMeasurer } from './object-measurer.js';

const everyAddress = ['0.0.0.0/0', '::/0'];

/** On the machine of the user, who may reach what he can reach. */
export const measurerOfOwnMachine = (concurrency: number): ObjectMeasurer =>
  new ObjectMeasurer({
    allowedRanges: everyAddress,
    concurrency,
    maxBytes: 16 * 1024 * 1024,
    timeoutMs: 30_000,
  });
