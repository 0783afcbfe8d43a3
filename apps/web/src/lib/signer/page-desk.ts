import { limits } from '@latchkey/contract/limits';
import { addIntegrationOrigins } from '@latchkey/contract/routes/integrations';
import { createSignerTokens } from '@latchkey/contract/routes/signers';
import type { Item } from '@latchkey/contract/schemas/item';
import { ApiError } from '@latchkey/sdk/errors';
import { queryClient, transport } from '../api.js';
import { allowsOrigin, mayReloadFor } from '../data-hosts.js';
import { isBlockedByPolicy } from '../policy-violations.js';
import { type SessionState, sessionQuery } from '../session.js';
import { askSigner } from './ask-signer.js';
import { type ShownItem, type SignerDesk, withFreshUrls } from './fresh-urls.js';
import { SignerFailure } from './signer-problem.js';

const session = (): SessionState | undefined => queryClient.getQueryData(sessionQuery.queryKey);

/** False while no integration of the user has a signer: then there is nobody to ask. */
const hasSigners = (): boolean => (session()?.signerOrigins.length ?? 0) > 0;

/** The items with URLs of their signers where these are needed; `failed`: wherever there is a signer. */
export const freshened = async (
  items: readonly Item[],
  signal: AbortSignal,
  failed = false,
): Promise<readonly ShownItem[]> =>
  failed || hasSigners() ? withFreshUrls(items, pageDesk(signal), failed) : items;

/** Asks Latchkey for tokens and the signers for URLs, from this page. */
const pageDesk = (signal: AbortSignal): SignerDesk => ({
  now: Date.now,
  batch: limits.signerObjects,
  grantFor: async (itemUuids) =>
    (await transport.call(createSignerTokens, { body: { itemUuids: [...itemUuids] }, signal })).results,
  ask: async (grant) => {
    const { origin, host } = new URL(grant.signerUrl);
    // The policy of this page may be older than the signer.
    if (!session()?.signerOrigins.includes(origin)) reloadOnce(origin);
    try {
      return await askSigner(grant, { fetchSigner: fetch.bind(globalThis), signal, now: Date.now });
    } catch (error) {
      if (!isBlockedByPolicy(origin)) throw error;
      reloadOnce(origin);
      throw new SignerFailure({ kind: 'policy', host });
    }
  },
  allowOrigins: async (integrationUuid, origins) => {
    const dataHosts = session()?.dataHosts ?? [];
    const unknown = origins.filter((origin) => !allowsOrigin(dataHosts, origin));
    if (unknown.length === 0) return;
    const params = { integrationUuid };
    await transport
      .call(addIntegrationOrigins, { params, body: { origins: unknown }, signal })
      .catch((error: unknown) => {
        // One who is no member of the integration can't add any; the viewer then says that the policy blocks the host.
        if (!(error instanceof ApiError)) throw error;
      });
  },
});

function reloadOnce(origin: string): void {
  if (mayReloadFor(origin, sessionStorage)) location.reload();
}
