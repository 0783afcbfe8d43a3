import type { CopyValue } from '@latchkey/db/engine/copy-rows';
import type { UrlSignature } from '@latchkey/locator/locate';
import { splitAt } from '@latchkey/locator/split-secret';
import { seal } from '../access/seal.js';
import type { SecretKeys } from '../access/secret-keys.js';
import { toStorable } from '../http/stored-text.js';

/** The columns `url_head` and `url_tail_sealed`; a composite item has no URL. */
export function urlColumns(
  objectUrl: string | null,
  secretStart: number,
  identity: Buffer,
  secretKeys: SecretKeys,
): { url_head: CopyValue; url_tail_sealed: CopyValue } {
  if (objectUrl === null) return { url_head: null, url_tail_sealed: null };
  const { head, tail } = splitAt(objectUrl, secretStart);
  return { url_head: head, url_tail_sealed: tail === null ? null : seal(secretKeys, identity, tail) };
}

const lastTimestamp = Date.UTC(9999, 11, 31);

/** A later year cannot be told apart from one that is written wrong; what lives so long does not expire. */
export function expiresAt(signature: UrlSignature | null): number | null {
  const epochMs = signature?.expiresAt ?? null;
  return epochMs === null || epochMs > lastTimestamp ? null : epochMs;
}

export const jsonText = (value: object | null): string | null =>
  value === null ? null : JSON.stringify(value);

/** The name part of a URL may be longer than a title, and hold what PostgreSQL's text can't. */
export function toTitle(text: string, titleLength: number): string {
  return toStorable(text)
    .slice(0, titleLength)
    .replace(/[\uD800-\uDBFF]$/, '');
}
