import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import type { MigrateStorage } from '@latchkey/contract/schemas/item';
import type { GatewayRules } from '@latchkey/locator/gateways';
import { locate } from '@latchkey/locator/locate';
import { toUuid } from '../../http/stored-text.js';
import { identityHash } from '../../registration/member-row.js';

/** What a request asks for, before any item is looked up. */
export interface StorageMigration {
  /** By item id, the new object URL; null: it stays. */
  readonly byItem: ReadonlyMap<string, string | null>;
  /** By identity hash in hexadecimal digits, of which a URL may have several: an object is found however its URL was signed. */
  readonly byIdentity: ReadonlyMap<string, { readonly newUrl: string | null; readonly place: string }>;
  readonly fromIntegrationId: string | null;
  readonly toIntegrationId: string | null;
}

/** Throws `invalid_request`, whose text has nothing of a URL: it may be signed. */
export function readMigration(body: MigrateStorage, gateways: readonly GatewayRules[]): StorageMigration {
  const items = Object.entries(body.itemsMap ?? {});
  const urls = Object.entries(body.urlsMap ?? {});
  const count = items.length + urls.length;
  if (count === 0)
    throw refuse('The request names no items. Name some in itemsMap, urlsMap or both.', 'itemsMap');
  if (count > limits.bulkItems)
    throw refuse(
      `The request names ${count} items; at most ${limits.bulkItems} are allowed. Split it.`,
      'itemsMap',
    );
  const toIntegrationId = readUuid(body.toIntegrationHash, 'toIntegrationHash');
  const readUrl = (value: unknown, place: string): string | null => {
    if (typeof value === 'string') return value;
    if (value !== null) throw refuse(`The value of ${place} must be a URL or null.`, place);
    if (toIntegrationId === null)
      throw refuse(`${place} gets neither a new URL nor a new integration. Give one of them.`, place);
    return null;
  };
  return {
    byItem: new Map(
      items.map(([uuid, value], index) => [toUuid(uuid, 'itemsMap'), readUrl(value, `itemsMap[${index}]`)]),
    ),
    byIdentity: new Map(
      urls.flatMap(([url, value], index) => {
        const place = `urlsMap[${index}]`;
        const wanted = { newUrl: readUrl(value, place), place };
        return readIdentities(url, place, gateways).map((hash) => [hash, wanted] as const);
      }),
    ),
    fromIntegrationId: readUuid(body.fromIntegrationHash, 'fromIntegrationHash'),
    toIntegrationId,
  };
}

const readUuid = (value: string | null | undefined, field: string): string | null =>
  value == null ? null : toUuid(value, field);

/** A URL of a gateway is also that of the object in its bucket, as the integration says that it belongs to. */
function readIdentities(objectUrl: string, place: string, gateways: readonly GatewayRules[]): string[] {
  const located = [undefined, ...gateways].map((rules) => locate(objectUrl, rules));
  const identities = located.map((result) => {
    if (result.ok) return result.url.identity;
    throw refuse(`The key ${place} is not an object URL (${result.problem}).`, place);
  });
  return [...new Set(identities)].map((identity) => identityHash(identity).toString('hex'));
}

function refuse(message: string, field: string): LatchkeyError {
  return new LatchkeyError('invalid_request', message, { details: { place: 'body', field } });
}
