import type { KnownObjects } from '@latchkey/contract/schemas/upload-job';
import { lifetimeOf, renews } from '@latchkey/locator/lifetime';
import type { Unit } from '@latchkey/manifest/read/unit';
import { sha256 } from '../../../lib/sha256.js';

/** Asks the server, by digests of identities; at most `limits.knownObjects` at once. */
export type FindKnown = (identityHashes: readonly string[]) => Promise<KnownObjects['known']>;

/** Beyond so many different objects repetitions are not followed, which would take the memory of the page. */
const followedAtMost = 1_000_000;

interface Waiting {
  readonly hash: string;
  readonly lifetime: number;
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

  add({ location }: Unit): void {
    const hash = sha256(location.identity).slice(0, 32);
    this.#waiting.push({ hash, lifetime: lifetimeOf(location) });
    this.#follow(hash);
  }

  /** Asks for what has come together; with `all` also for a last batch that is not full. */
  async ask(all: boolean): Promise<void> {
    while (this.#waiting.length >= (all ? 1 : this.#batchSize)) {
      const batch = this.#waiting.splice(0, this.#batchSize);
      const found = await this.#find([...new Set(batch.map(({ hash }) => hash))]);
      const items = new Map(found.map((item) => [item.identityHash, item]));
      for (const { hash, lifetime } of batch) this.#settle(lifetime, items.get(hash));
    }
  }

  #settle(lifetime: number, item: KnownObjects['known'][number] | undefined): void {
    if (!item) return;
    this.known += 1;
    const expiresAt = item.expiresAt === null ? null : Date.parse(item.expiresAt);
    if (renews(lifetime, { expiresAt, isSigned: item.isSigned }, this.#now)) this.renewed += 1;
  }

  /** 52 bits of the digest tell a million objects apart but for one chance in ten thousand. */
  #follow(hash: string): void {
    const short = Number.parseInt(hash.slice(0, 13), 16);
    if (this.#seen.has(short)) this.repeated += 1;
    else if (!this.isRepeatedCountCut) this.#seen.add(short);
  }
}
