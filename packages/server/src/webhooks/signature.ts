import { createHmac, randomBytes } from 'node:crypto';

const secretPrefix = 'whsec_';

/** As the Standard Webhooks have it: the key in base64 behind a prefix. */
export const newWebhookSecret = (): string => `${secretPrefix}${randomBytes(32).toString('base64')}`;

export interface Message {
  /** The same for each attempt, by which a receiver knows a repetition. */
  readonly id: string;
  readonly payload: string;
}

/** The headers of a message, signed with each of the secrets. `now` in epoch milliseconds. */
export function signedHeaders(
  { id, payload }: Message,
  secrets: readonly string[],
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
