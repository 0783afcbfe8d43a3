import { splitAt } from '@latchkey/locator/split-secret';
import { type SealKey, seal } from '../access/seal.js';
import { toStorable } from '../http/stored-text.js';
import { bytesText, type CopyValue, escaped } from './copy-text.js';

/** The columns `url_head` and `url_tail_sealed`; a composite item has no URL. */
export function urlColumns(
  objectUrl: string | null,
  secretStart: number,
  identity: Buffer,
  sealKey: SealKey,
): { url_head: CopyValue; url_tail_sealed: CopyValue } {
  if (objectUrl === null) return { url_head: null, url_tail_sealed: null };
  const { head, tail } = splitAt(objectUrl, secretStart);
  return {
    url_head: escaped(head),
    url_tail_sealed: tail === null ? null : bytesText(seal(sealKey, identity, tail)),
  };
}

/** The name part of a URL may be longer than a title, and hold what PostgreSQL's text can't. */
export function toTitle(text: string, titleLength: number): string {
  return toStorable(text)
    .slice(0, titleLength)
    .replace(/[\uD800-\uDBFF]$/, '');
}
