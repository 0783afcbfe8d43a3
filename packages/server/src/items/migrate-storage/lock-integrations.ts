import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { getIntegrationRole } from '@latchkey/db/integrations/reader';
import { lockIntegrationRules } from '@latchkey/db/upload-jobs/register-items';
import { compileGateways, type GatewayRules } from '@latchkey/locator/gateways';
import type { Caller } from '../../context.js';

export interface TargetIntegration {
  readonly id: string;
  readonly strict: boolean;
  readonly allowedHosts: readonly string[];
  readonly hasSigner: boolean;
  readonly gateways: GatewayRules;
}

/** Held in the order of their ids, so that a switch to strict waits. Only members may put items on an integration. */
export async function lockIntegrations(
  tx: Executor,
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TargetIntegration>> {
  const locked = new Map<string, TargetIntegration>();
  for (const id of [...ids].sort()) {
    const access = await getIntegrationRole(tx, id, caller.userId);
    const isUsable = access !== null && (access.role !== null || caller.isOrganisationAdmin);
    const rules = isUsable && (await lockIntegrationRules(tx, id));
    if (!rules) throw new LatchkeyError('integration_not_found', undefined, { details: { uuid: id } });
    locked.set(id, {
      id,
      strict: rules.strict_client_only,
      allowedHosts: rules.allowed_hosts,
      hasSigner: rules.signer_url !== null,
      gateways: compileGateways(rules.gateways),
    });
  }
  return locked;
}
