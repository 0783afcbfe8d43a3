import { listDataOrigins, listSignerUrls } from '@latchkey/db/integrations/reader';
import type { AppContext } from '../context.js';
import { signerOrigin } from '../signers/signer-url.js';

/** What the page of a user may connect to beside its own server. */
export interface PageOrigins {
  /** May be loaded from; a host may begin with `*.`. */
  readonly data: readonly string[];
  /** May be asked for fresh object URLs. */
  readonly signers: readonly string[];
}

interface PageUser {
  readonly userId: string;
  readonly isOrganisationAdmin: boolean;
}

/** None without a user. */
export async function pageOriginsOf(context: AppContext, user: PageUser | null): Promise<PageOrigins> {
  if (!user) return { data: [], signers: [] };
  const { userId, isOrganisationAdmin } = user;
  const data = await listDataOrigins(context.db, userId, isOrganisationAdmin);
  const signerUrls = await listSignerUrls(context.db, userId, isOrganisationAdmin);
  return {
    data: data.filter((origin) => /^https?:\/\/(\*\.)?[a-z0-9.:[\]-]+$/.test(origin)),
    signers: [...new Set(signerUrls.map(signerOrigin))],
  };
}

export function pagePolicy({ data, signers }: PageOrigins): string {
  const hosts = data.join(' ');
  return [
    `default-src 'self'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob: ${hosts}`,
    `media-src 'self' blob: ${hosts}`,
    `connect-src 'self' ${[...data, ...signers].join(' ')}`,
    `worker-src 'self' blob:`,
    `font-src 'self' data:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** A worker that was loaded from an address of its own has the policy of that answer, not that of its page. */
export const workerPolicy = ({ data, signers }: PageOrigins): string =>
  [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `connect-src 'self' ${[...data, ...signers].join(' ')}`,
    `worker-src 'self' blob:`,
  ].join('; ');
