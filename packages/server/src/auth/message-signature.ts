import { createPublicKey, verify } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';

export interface SignedRequest {
  readonly method: string;
  /** Path with query, as it came over the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface SignatureInput {
  readonly publicKey: Buffer;
  readonly createdSeconds: number;
  /** Signed text, see `signatureBase`. */
  readonly base: string;
  readonly signature: Buffer;
}

const label = 'encord-sig';
const covered = '("@method" "@request-target" "content-digest")';
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** True if the request claims to be signed, so that a broken signature is refused and never read as "not signed". */
export function hasSignature(headers: SignedRequest['headers']): boolean {
  return headers['signature'] !== undefined || headers['signature-input'] !== undefined;
}

/** Reads the signature headers; throws `invalid_signature` with what is missing or unknown. */
export function readSignature(request: SignedRequest): SignatureInput {
  const parameters = headerMember(request.headers['signature-input'], 'Signature-Input');
  if (!parameters.startsWith(covered)) refuse(`The signature must cover exactly ${covered}.`);
  const digest = request.headers['content-digest'];
  if (typeof digest !== 'string') refuse('The header Content-Digest is missing.');
  const signature = /^:([A-Za-z0-9+/]{86}==):$/.exec(
    headerMember(request.headers['signature'], 'Signature'),
  )?.[1];
  if (!signature) refuse('The header Signature must hold 64 bytes in base64 between colons.');
  const keyId = /;keyid="([0-9a-f]{64})"/i.exec(parameters)?.[1];
  if (!keyId) refuse('keyid must be the Ed25519 public key in hexadecimal.');
  const created = /;created=(\d{1,12})(?:;|$)/.exec(parameters)?.[1];
  if (!created) refuse('The signature has no created time.');
  const algorithm = /;alg="([^"]*)"/.exec(parameters)?.[1];
  if (algorithm !== undefined && algorithm !== 'ed25519') refuse('alg must be "ed25519".');
  const base = [
    `"@method": ${request.method}`,
    `"@request-target": ${request.target}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  return {
    publicKey: Buffer.from(keyId, 'hex'),
    createdSeconds: Number(created),
    base,
    signature: Buffer.from(signature, 'base64'),
  };
}

/** Throws `stale_signature` or `invalid_signature`. Call it after the key was found to be registered. */
export function verifySignature(input: SignatureInput, nowMs: number): void {
  if (Math.abs(nowMs / 1000 - input.createdSeconds) > limits.signatureAgeSeconds)
    throw new LatchkeyError('stale_signature');
  const key = createPublicKey({
    key: Buffer.concat([publicKeyPrefix, input.publicKey]),
    format: 'der',
    type: 'spki',
  });
  if (!verify(null, Buffer.from(input.base), key, input.signature))
    throw new LatchkeyError('invalid_signature');
}

/** The SHA-256 that Content-Digest promises; throws if it names none. */
export function promisedDigest(header: string): Buffer {
  const value = /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header)?.[1];
  if (!value) refuse('Content-Digest must hold sha-256=:...:.');
  return Buffer.from(value, 'base64');
}

function headerMember(header: string | string[] | undefined, name: string): string {
  if (typeof header !== 'string') refuse(`The header ${name} is missing.`);
  const prefix = `${label}=`;
  if (!header.startsWith(prefix)) refuse(`The header ${name} must have one member, ${label}.`);
  return header.slice(prefix.length);
}

function refuse(message: string): never {
  throw new LatchkeyError('invalid_signature', message);
}
