import { hash } from 'node:crypto';

/**
 * The id of the item that a unit becomes: the job's UUIDv7 with its last 32 bits replaced by the position of the unit
 * in the manifest. So items of a job are in the order of the manifest, and a unit that is registered again after a
 * crash gets the same id. A job id is unique in its first 96 bits: time, a counter and 30 random bits or more.
 *
 * `number`: which of the items of the unit, from 0. Those behind the first keep the time alone, and have their random
 * bits from a hash of the first one's id, so that they are the same again as well.
 */
export function itemIdAt(jobId: string, position: number, number = 0): string {
  const first = jobId.slice(0, 28) + position.toString(16).padStart(8, '0');
  if (number === 0) return first;
  const digest = hash('sha256', `${first} item ${number}`, 'hex');
  const variant = ((Number.parseInt(digest.slice(0, 1), 16) & 0x3) | 0x8).toString(16);
  return `${jobId.slice(0, 15)}${digest.slice(1, 4)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
}
