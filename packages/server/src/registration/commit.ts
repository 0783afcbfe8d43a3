import { isDeepStrictEqual } from 'node:util';
import type { Executor } from '@latchkey/db/engine/executor';
import { holdCurrentKeyId } from '@latchkey/db/secret-keys/reader';
import { boundLockWaits, lockFolder, lockIntegrationRules } from '@latchkey/db/upload-jobs/register-items';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { RegistrationTarget } from './registration-target.js';

/** What the units of a job have to meet. */
export interface RegistrationRules extends UnitRules {
  /** Of the metadata schema; null: there is none. */
  readonly schemaRevision: number | null;
}

/** The integration, the metadata schema or the secret key changed between reading and committing; the part has to be read again. */
export class RulesChangedError extends Error {
  override readonly name = 'RulesChangedError';
}

/** What the part was sealed with is not current any more. */
export class SecretKeyReplacedError extends RulesChangedError {
  readonly currentId: Buffer;

  constructor(currentId: Buffer) {
    super('The secret key was replaced.');
    this.currentId = currentId;
  }
}

/** The integration or the folder is gone; the job can't go on. */
export class TargetGoneError extends Error {
  override readonly name = 'TargetGoneError';
}

/** A part that waits longer for a folder or an integration makes room for the parts of other jobs. */
const lockWaitSeconds = 5;

/** Locks what the commit stands on, in one order: secret key, integration, then folder. */
export async function lockTarget(
  tx: Executor,
  target: RegistrationTarget,
  rules: RegistrationRules,
  wholeJob = false,
): Promise<void> {
  await boundLockWaits(tx, lockWaitSeconds);
  const currentKeyId = await holdCurrentKeyId(tx);
  if (currentKeyId !== null && !currentKeyId.equals(target.secretKeyId))
    throw new SecretKeyReplacedError(currentKeyId);
  const current = await lockIntegrationRules(tx, target.integrationId);
  if (!current) throw new TargetGoneError('The integration was deleted.');
  const sameHosts = current.allowed_hosts.join() === rules.allowedHosts.join();
  const sameSigner = (current.signer_url !== null) === (rules.hasSigner ?? false);
  const sameGateways = isDeepStrictEqual(current.gateways, rules.gateways ?? []);
  if (current.strict_client_only !== rules.strict || !sameHosts || !sameSigner || !sameGateways)
    throw new RulesChangedError('The integration was changed.');
  if (current.schema_revision !== rules.schemaRevision)
    throw new RulesChangedError('The metadata schema was changed.');
  if (!(await lockFolder(tx, target.folderId, wholeJob || target.skipDuplicateUrls)))
    throw new TargetGoneError('The folder was deleted.');
}
