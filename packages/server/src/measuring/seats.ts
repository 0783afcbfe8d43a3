const seatsOfJob = 2;
const seatsOfProcess = 8;

/** How many parts are being measured, and of which jobs: a job whose storage is slow does not take all turns. */
export class Seats {
  readonly #taken = new Map<string, number>();

  /** Whether all seats of the job are taken. */
  isFull(jobId: string): boolean {
    return (this.#taken.get(jobId) ?? 0) >= seatsOfJob;
  }

  get areFree(): boolean {
    return this.#taken.size === 0;
  }

  /** Answers how to leave the seat; null: there is none. */
  take(jobId: string): (() => void) | null {
    const inUse = [...this.#taken.values()].reduce((sum, count) => sum + count, 0);
    if (this.isFull(jobId) || inUse >= seatsOfProcess) return null;
    this.#taken.set(jobId, (this.#taken.get(jobId) ?? 0) + 1);
    return () => {
      const left = (this.#taken.get(jobId) ?? 1) - 1;
      if (left > 0) this.#taken.set(jobId, left);
      else this.#taken.delete(jobId);
    };
  }
}
