import { SecretKeys } from '../../access/secret-keys.js';
import type { KeysMessage, ThreadOptions } from './messages.js';

/** The keys of a thread, and what takes those that the main thread sends. */
export function threadKeys(options: ThreadOptions): {
  keys: SecretKeys;
  take: (message: KeysMessage) => void;
} {
  let given = options.secretKeys;
  const keys = new SecretKeys(() => given);
  return {
    keys,
    take: ({ secretKeys }) => {
      given = secretKeys;
      keys.reload();
      keys.makeCurrent(keys.newest.id);
    },
  };
}
