import type { Item } from '@latchkey/contract/schemas/item';
import { askObject } from '@latchkey/doctor/ask-object';
import { diagnose, isMixedContent } from '@latchkey/doctor/diagnose';
import type { Failure } from '@latchkey/doctor/failure';
import { mediaFamilyOf } from '../../../lib/media-family.js';
import { isBlockedByPolicy } from '../../../lib/policy-violations.js';

/** Asks the storage once more to tell why the browser could not load an object. */
export async function findFailure(
  item: Pick<Item, 'itemType' | 'expiresAt'>,
  url: string,
  signal: AbortSignal,
): Promise<Failure> {
  const isMixed = isMixedContent(url, location.protocol);
  const answer = isMixed ? null : await askObject(url, fetch, signal);
  return diagnose(answer, {
    url,
    expiresAt: item.expiresAt,
    now: Date.now(),
    pageProtocol: location.protocol,
    isBlockedByPolicy: isBlockedByPolicy(URL.parse(url)?.origin ?? ''),
    expected: mediaFamilyOf(item.itemType),
  });
}
