/**
 * The id of the item that a unit becomes: the job's UUIDv7 with its last 32 bits replaced by the position of the unit
 * in the manifest. So items of a job are in the order of the manifest, and a unit that is registered again after a
 * crash gets the same id. A job id is unique in its first 96 bits: time, a counter and 30 random bits or more.
 */
export function itemIdAt(jobId: string, position: number): string {
  return jobId.slice(0, 28) + position.toString(16).padStart(8, '0');
}
