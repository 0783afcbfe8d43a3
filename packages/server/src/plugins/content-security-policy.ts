import { listDataOrigins } from '@latchkey/db/integrations/reader';
import type { AppContext, Caller } from '../context.js';

/** The origins that the page of a user may load data from; none without a user. */
export async function dataOriginsOf(context: AppContext, caller: Caller | null): Promise<string[]> {
  if (!caller) return [];
  const origins = await listDataOrigins(context.db, caller.userId, caller.isOrganisationAdmin);
  return origins.filter((origin) => /^https?:\/\/[a-z0-9.:[\]-]+$/.test(origin));
}

export function pagePolicy(origins: readonly string[]): string {
  const data = origins.join(' ');
  return [
    `default-src 'self'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob: ${data}`,
    `media-src 'self' blob: ${data}`,
    `connect-src 'self' ${data}`,
    `worker-src 'self' blob:`,
    `font-src 'self' data:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** A worker that was loaded from an address of its own has the policy of that answer, not that of its page. */
export const workerPolicy = (origins: readonly string[]): string =>
  [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `connect-src 'self' ${origins.join(' ')}`,
    `worker-src 'self' blob:`,
  ].join('; ');
