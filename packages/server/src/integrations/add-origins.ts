import { LatchkeyError } from '@latchkey/contract/errors';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { insertIntegrationOrigins } from '@latchkey/db/integrations/writer';
import { type IntegrationRulesRow, lockIntegrationRules } from '@latchkey/db/upload-jobs/register-items';
import { locate } from '@latchkey/locator/locate';
import { compileHostRules } from '@latchkey/manifest/read/host-rules';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';

/**
 * Adds origins to those that the pages of the integration's users may load data from; answers the new ones. What is
 * registered adds its own.
 */
export async function addOrigins(
  context: AppContext,
  caller: Caller,
  id: string,
  given: readonly string[],
): Promise<string[]> {
  const origins = [...new Set(given)];
  return context.db.transaction(async (tx) => {
    const rules = await lockIntegrationRules(tx, id);
    if (!rules) throw new LatchkeyError('integration_not_found');
    mustBeAllowed(origins, rules);
    const added = await insertIntegrationOrigins(tx, id, origins);
    if (added.length > 0)
      await insertAuditEntries(tx, [
        {
          id: uuidv7(),
          userId: caller.userId,
          action: 'integration.add-origins',
          subjectType: 'integration',
          subjectId: id,
          details: { origins: added },
        },
      ]);
    return added;
  });
}

function mustBeAllowed(origins: readonly string[], { allowed_hosts, gateways }: IntegrationRulesRow): void {
  const allowsHost = compileHostRules(allowed_hosts);
  const gatewayOrigins = new Set(gateways.map(({ url }) => originOf(url)));
  for (const origin of origins) {
    const located = locate(`${origin}/`);
    if (!located.ok || located.url.origin !== origin)
      throw new LatchkeyError(
        'invalid_request',
        `${JSON.stringify(origin.split('?')[0]?.slice(0, 80))} is not an origin. Write scheme, host and port alone, such as https://bucket.example.com.`,
        { details: { place: 'body', field: 'origins' } },
      );
    if (!gatewayOrigins.has(origin) && !allowsHost(located.url.host))
      throw new LatchkeyError(
        'origin_not_allowed',
        `The integration does not allow the host ${located.url.host}.`,
      );
  }
}

function originOf(url: string): string | null {
  const located = locate(url);
  return located.ok ? located.url.origin : null;
}
