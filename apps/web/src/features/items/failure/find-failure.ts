import type { Item } from '@latchkey/contract/schemas/item';
import { diagnose, type Failure, isMixedContent } from './diagnose.js';
import { isBlockedByPolicy } from './policy-violations.js';
import { probeObject } from './probe.js';

/** Asks the storage once more to tell why the browser could not load an object. */
export async function findFailure(item: Item, url: string, signal: AbortSignal): Promise<Failure> {
  const isMixed = isMixedContent(url, location.protocol);
  const probe = isMixed ? null : await probeObject(url, fetch, signal);
  return diagnose(probe, {
    url,
    expiresAt: item.expiresAt,
    now: Date.now(),
    pageProtocol: location.protocol,
    isBlockedByPolicy: isBlockedByPolicy(URL.parse(url)?.origin ?? ''),
  });
}
