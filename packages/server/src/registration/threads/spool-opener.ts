import { openSpool } from '@latchkey/spool/open-spool';
import type { Spool } from '@latchkey/spool/spool';
import type { SecretKeys } from '../../access/secret-keys.js';
import type { ThreadOptions } from './messages.js';

/** Opens the spool when it is first needed, and again if that failed: what is in its way fails a task, not the thread. */
export function spoolOpener({ spool }: ThreadOptions, secretKeys: SecretKeys): () => Promise<Spool> {
  let opened: Promise<Spool> | undefined;
  return () => {
    opened ??= openSpool(spool, secretKeys).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
