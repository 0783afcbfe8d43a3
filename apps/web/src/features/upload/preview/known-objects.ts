import type { KnownObjects } from '@latchkey/contract/schemas/upload-job';
import type { Unit } from '@latchkey/manifest/read/unit';
import { sha256 } from '../../../lib/sha256.js';

/** Asks the server, by digests of identities; at most `limits.knownObjects` at once. */
export type FindKnown = (identityHashes: readonly string[]) => Promise<KnownObjects['known']>;

/** Beyond so many different objects repetitions are not followed, which would take the memory of the page. */
const followedAtMost = 1_000_000;

interface Waiting {
  readonly hash: string;
  /** As the server compares it: infinite for a signature that does not say when it ends, null without one. */
  readonly expiry: number | null;
}

/** Counts the units whose object a folder has already, in batches, in the same memory whatever their number. */
export class KnownCounter {
  known = 0;
  renewed = 0;
  repeated = 0;
  #waiting: Waiting[] = [];
  readonly #seen = new Set<number>();
  readonly #find: FindKnown;
  readonly #batchSize: number;
  readonly #now: number;

  constructor(find: FindKnown, batchSize: number, now: number) {
    this.#find = find;
    this.#batchSize = batchSize;
    this.#now = now;
  }

  get isRepeatedCountCut(): boolean {
    return this.#seen.size >= followedAtMost;
  }

  add({ location: { identity, signature } }: Unit): void {
    const hash = sha256(identity).slice(0, 32);
    const unknownEnd = signature?.certainty === 'unknown' ? Number.POSITIVE_INFINITY : null;
    this.#waiting.push({ hash, expiry: signature?.expiresAt ?? unknownEnd });
    this.#follow(hash);
  }

  /** Asks for what has come together; with `all` also for a last batch that is not full. */
  async ask(all: boolean): Promise<void> {
    while (this.#waiting.length >= (all ? 1 : this.#batchSize)) {
      const batch = this.#waiting.splice(0, this.#batchSize);
      const found = await this.#find([...new Set(batch.map(({ hash }) => hash))]);
      const expiries = new Map(found.map(({ identityHash, expiresAt }) => [identityHash, expiresAt]));
      for (const waiting of batch) this.#settle(waiting, expiries);
    }
  }

  #settle({ hash, expiry }: Waiting, expiries: ReadonlyMap<string, string | null>): void {
    const ofItem = expiries.get(hash);
    if (ofItem === undefined) return;
    this.known += 1;
    if (expiry !== null && outlives(expiry, ofItem, this.#now)) this.renewed += 1;
  }

  /** 52 bits of the digest tell a million objects apart but for one chance in ten thousand. */
  #follow(hash: string): void {
    const short = Number.parseInt(hash.slice(0, 13), 16);
    if (this.#seen.has(short)) this.repeated += 1;
    else if (!this.isRepeatedCountCut) this.#seen.add(short);
  }
}

/** As the registration decides on a renewal. */
function outlives(expiry: number, ofItem: string | null, now: number): boolean {
  if (ofItem === null) return true;
  const end = Date.parse(ofItem);
  return Number.isFinite(expiry) ? expiry > end : end <= now;
}
