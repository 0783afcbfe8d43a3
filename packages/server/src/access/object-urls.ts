import type { ItemRow } from '@latchkey/db/items/reader';
import { redactUrl } from '@latchkey/locator/redact';
import { unseal } from './seal.js';
import type { SecretKeys } from './secret-keys.js';

type UrlColumns = Pick<ItemRow, 'url_head' | 'url_tail_sealed' | 'identity_hash'>;

/** The object URL byte for byte as it was registered. The row must have been read with its secrets. */
export function wholeUrl(keys: SecretKeys, row: UrlColumns): string {
  const head = row.url_head ?? '';
  if (row.url_tail_sealed === null) return head;
  return head + unseal(keys, row.identity_hash, row.url_tail_sealed);
}

/**
 * The object URL with what signs it cut out: what else its query says, such as a version, stays, which `url_head`
 * alone has not. The row must have been read with its secrets.
 */
export function unsignedUrl(keys: SecretKeys, row: UrlColumns): string {
  return redactUrl(wholeUrl(keys, row)) ?? row.url_head ?? '';
}
