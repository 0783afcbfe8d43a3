import { askStore, type StoreAnswer } from './store-request.js';

const DEFAULT_REGION = 'us-east-1';
const REGION = /^[a-z0-9-]{2,32}$/;

/** The region of a bucket: as given, until the store names another one. */
export class S3Region {
  #name: string;

  constructor(given: string) {
    this.#name = given;
  }

  get name(): string {
    return this.#name;
  }

  /** Whether the answer names another region than was known, so that asking again may help. */
  learn({ status, headers, body }: StoreAnswer): boolean {
    if (![301, 307, 400, 403].includes(status)) return false;
    const told = headers.get('x-amz-bucket-region') ?? /<Region>([^<]*)<\/Region>/.exec(body)?.[1] ?? '';
    if (!REGION.test(told) || told === this.#name) return false;
    this.#name = told;
    return true;
  }
}

/**
 * @param given by the user or the environment
 * @param isAmazon other stores have one region, and mostly take the default name for it
 * @throws {ObjectStoreError} `store_unreachable`
 */
export async function findRegion(
  bucket: string,
  given: string | undefined,
  isAmazon: boolean,
): Promise<S3Region> {
  if (given || !isAmazon) return new S3Region(given || DEFAULT_REGION);
  const region = new S3Region(DEFAULT_REGION);
  // S3 names the region of a bucket to anyone, whatever else it refuses.
  const url = async () => `https://s3.amazonaws.com/${encodeURIComponent(bucket)}`;
  region.learn(await askStore({ what: `the region of s3://${bucket}`, url }));
  return region;
}
