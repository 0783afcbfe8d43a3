import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { CredentialsError } from './credentials-error.js';
import { SshReader, sshNumber, sshString } from './ssh-wire.js';

const algorithm = 'ssh-ed25519';
const newKeyHint = 'Make a key with "latchkey key new" or "ssh-keygen -t ed25519".';

export interface SshPublicKey {
  /** 32 bytes. */
  readonly rawKey: Uint8Array;
  readonly comment: string;
}

export interface SshKeyPair {
  /** Text of the private key file, OpenSSH form, without a passphrase. */
  readonly privateKey: string;
  /** One line: `ssh-ed25519 AAAA... comment`. */
  readonly publicKey: string;
  /** As `ssh-keygen -l` shows it: `SHA256:...`. */
  readonly fingerprint: string;
}

/**
 * Reads one line of the form `ssh-ed25519 AAAA... comment`.
 *
 * @throws CredentialsError `key_not_ed25519` or `key_malformed`.
 */
export function parseSshPublicKey(line: string): SshPublicKey {
  const [type, base64 = '', ...comment] = line.trim().split(/\s+/);
  if (type !== algorithm)
    throw new CredentialsError(
      'key_not_ed25519',
      `The public key does not start with "${algorithm}".`,
      newKeyHint,
    );
  return { rawKey: rawKeyOfBlob(Buffer.from(base64, 'base64')), comment: comment.join(' ') };
}

/** @throws CredentialsError `key_not_ed25519` or `key_malformed`. */
export function rawKeyOfBlob(blob: Uint8Array): Uint8Array {
  try {
    const reader = new SshReader(blob);
    const type = reader.text();
    if (type !== algorithm)
      throw new CredentialsError('key_not_ed25519', 'The key is not an Ed25519 key.', newKeyHint);
    const rawKey = reader.string();
    if (rawKey.length !== 32) throw new RangeError('An Ed25519 key has 32 bytes.');
    return rawKey;
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    throw new CredentialsError(
      'key_malformed',
      'The key is damaged: it cannot be read to its end.',
      'Copy the whole key again.',
      error,
    );
  }
}

const blobOf = (rawKey: Uint8Array) => Buffer.concat([sshString(algorithm), sshString(rawKey)]);

export function formatSshPublicKey(rawKey: Uint8Array, comment = ''): string {
  return `${algorithm} ${blobOf(rawKey).toString('base64')} ${comment}`.trimEnd();
}

export function sshFingerprint(rawKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blobOf(rawKey)).digest('base64').replace(/=+$/, '')}`;
}

/**
 * A new Ed25519 key pair in the form of OpenSSH.
 *
 * @example
 * const { privateKey, publicKey } = generateSshKeyPair('ada@example.com');
 * writeFileSync('key', privateKey, { mode: 0o600 });
 */
export function generateSshKeyPair(comment = ''): SshKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    privateKey: privateKeyFile(seed, rawKey, comment),
    publicKey: formatSshPublicKey(rawKey, comment),
    fingerprint: sshFingerprint(rawKey),
  };
}

/** Format of OpenSSH's PROTOCOL.key, with cipher and key derivation "none". */
function privateKeyFile(seed: Buffer, rawKey: Buffer, comment: string): string {
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    sshString(algorithm),
    sshString(rawKey),
    sshString(Buffer.concat([seed, rawKey])),
    sshString(comment),
  ]);
  const padding = Uint8Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    sshNumber(1),
    sshString(blobOf(rawKey)),
    sshString(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
