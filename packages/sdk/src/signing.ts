import { createHash, sign } from 'node:crypto';
import { type BinaryBody, isReopenableBody } from './request-body.js';
import type { SigningKey } from './signing-key.js';

const label = 'encord-sig';
/** A signature from the future is refused, and clocks differ. */
const backdatingSeconds = 30;

export interface RequestToSign {
  readonly method: string;
  /** Path with query, as it goes over the wire. */
  readonly target: string;
  /** SHA-256 of the body; of no bytes where there is none. */
  readonly bodySha256: Uint8Array;
}

/**
 * Headers of an HTTP message signature (draft-ietf-httpbis-message-signatures) over method, request target and
 * digest of the body, as the official client makes it.
 */
export function signatureHeaders(
  key: SigningKey,
  request: RequestToSign,
  now: Date,
): Record<'content-digest' | 'signature-input' | 'signature', string> {
  const digest = `sha-256=:${Buffer.from(request.bodySha256).toString('base64')}:`;
  const created = Math.floor(now.getTime() / 1000) - backdatingSeconds;
  const parameters = `("@method" "@request-target" "content-digest");created=${created};keyid="${key.publicKeyHex}";alg="ed25519"`;
  const base = [
    `"@method": ${request.method.toUpperCase()}`,
    `"@request-target": ${request.target}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = sign(null, Buffer.from(base), key.privateKey).toString('base64');
  return {
    'content-digest': digest,
    'signature-input': `${label}=${parameters}`,
    signature: `${label}=:${signature}:`,
  };
}

/** SHA-256 of a body that can be read more than once, in one pass and flat memory. */
export async function sha256OfBody(
  body: Exclude<BinaryBody, ReadableStream<Uint8Array>> | undefined,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const hash = createHash('sha256');
  if (body instanceof Uint8Array) return hash.update(body).digest();
  if (body instanceof Blob) {
    for await (const chunk of body.stream()) {
      signal?.throwIfAborted();
      hash.update(chunk);
    }
  } else if (isReopenableBody(body)) {
    for await (const chunk of body.open()) {
      signal?.throwIfAborted();
      hash.update(chunk);
    }
  }
  return hash.digest();
}
