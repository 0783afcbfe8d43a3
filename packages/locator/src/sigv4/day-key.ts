import { createHmac } from 'node:crypto';
import type { V4Draft } from './v4-draft.js';

/** Signs drafts with a secret from which the key of a day is derived once. */
export function createHmacSigner(
  secret: string,
  scopeEnd: readonly string[],
): (draft: Pick<V4Draft, 'day' | 'stringToSign'>) => string {
  let today: { day: string; key: Buffer } = { day: '', key: Buffer.alloc(0) };
  return ({ day, stringToSign }) => {
    if (today.day !== day) today = { day, key: deriveKey(secret, [day, ...scopeEnd]) };
    return createHmac('sha256', today.key).update(stringToSign).digest('hex');
  };
}

function deriveKey(secret: string, scope: readonly string[]): Buffer {
  return scope.reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(secret),
  );
}
