import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { holdCurrentKeyId } from '@latchkey/db/secret-keys/reader';
import type { AppContext } from '../context.js';

/**
 * Whoever commits something sealed calls this in the same transaction, before sealing: the key that seals stays the
 * current one until the end of it. Throws `secret_key_missing`.
 */
export async function holdSecretKey(tx: Executor, context: Pick<AppContext, 'secretKeys'>): Promise<void> {
  const id = await holdCurrentKeyId(tx);
  if (id !== null) mustMakeCurrent(context, id);
}

/** Another process may have replaced the key: this one follows. */
export function mustMakeCurrent({ secretKeys }: Pick<AppContext, 'secretKeys'>, id: Buffer): void {
  if (secretKeys.makeCurrent(id)) return;
  secretKeys.reload();
  if (secretKeys.makeCurrent(id)) return;
  throw new LatchkeyError(
    'secret_key_missing',
    `This process does not have the secret key ${id.toString('hex')}, which seals by now. The operator has to restart it with that key as LATCHKEY_SECRET_KEY.`,
    { details: { secretKeyId: id.toString('hex') } },
  );
}
