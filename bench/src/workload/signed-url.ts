import { hash32, randomHex } from './random.js';

/** The places of an object in the sequences of random numbers. */
const salts = { path: 100, fleet: 200, signature: 300 } as const;
const signaturesApart = 50;
const dayMs = 24 * 60 * 60 * 1000;
const weekSeconds = 7 * 24 * 60 * 60;

export interface Signing {
  /** The date in the URL; it is valid for a week. */
  readonly signedAt: Date;
  /** 0, and one more each time that the same objects are signed anew: another signature, a day later. */
  readonly generation: number;
}

/** What all URLs of one signing have in common. */
export function signingQuery({ signedAt, generation }: Signing): string {
  const time = new Date(signedAt.getTime() + generation * dayMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const credential = `AKIAIOSFODNN7BENCHMK%2F${time.slice(0, 8)}%2Feu-west-1%2Fs3%2Faws4_request`;
  return `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${time}&X-Amz-Expires=${weekSeconds}&X-Amz-SignedHeaders=host`;
}

/** About 408 characters, like a pre-signed URL of S3; the signature is random digits. */
export function signedUrl(
  seed: number,
  index: number,
  generation: number,
  query: string,
  extension: string,
): string {
  const fleet = hash32(seed, index, salts.fleet) % 90;
  const name = `fleet-${10 + fleet}/session-${randomHex(seed, index >>> 10, salts.path, 3)}/frames/${String(index).padStart(9, '0')}-${randomHex(seed, index, salts.path, 3)}`;
  const signature = randomHex(seed, index, salts.signature + generation * signaturesApart, 8);
  return `https://field-cameras-eu.s3.eu-west-1.amazonaws.com/${name}.${extension}?${query}&X-Amz-Signature=${signature}`;
}
