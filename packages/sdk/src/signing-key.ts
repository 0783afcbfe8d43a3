import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { CredentialsError } from './credentials-error.js';
import { rawKeyOfBlob } from './ssh-key.js';
import { SshReader } from './ssh-wire.js';

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** The raw public key in lower-case hex, which names the key in a signature. */
  readonly publicKeyHex: string;
}

const magic = 'openssh-key-v1\0';
const envelope = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END OPENSSH PRIVATE KEY-----/;
const openSshHint = 'Give the whole text of an Ed25519 private key, with its BEGIN and END lines.';

/**
 * Reads an Ed25519 private key in the form of OpenSSH (without a passphrase) or PKCS8 PEM.
 *
 * @throws CredentialsError `key_encrypted`, `key_not_ed25519` or `key_malformed`.
 */
export function readSigningKey(text: string): SigningKey {
  const openSsh = envelope.exec(text.replaceAll('\\n', '\n'));
  return signingKeyOf(openSsh ? readOpenSsh(Buffer.from(openSsh[1] ?? '', 'base64')) : readPem(text));
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new CredentialsError(
      'key_not_ed25519',
      `The private key is of type ${privateKey.asymmetricKeyType}; requests are signed with Ed25519.`,
      'Make a key with "latchkey key new".',
    );
  const x = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
  return { privateKey, publicKeyHex: Buffer.from(x, 'base64url').toString('hex') };
}

function readPem(text: string): KeyObject {
  if (text.includes('ENCRYPTED')) throw encrypted();
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new CredentialsError(
      'key_malformed',
      'The text is not a private key in the form of OpenSSH or PKCS8 PEM.',
      openSshHint,
      error,
    );
  }
}

function readOpenSsh(file: Buffer): KeyObject {
  try {
    const reader = new SshReader(file);
    if (Buffer.from(reader.take(magic.length)).toString('latin1') !== magic)
      throw new RangeError('The file does not start as an OpenSSH private key.');
    const cipher = reader.text();
    reader.text();
    reader.string();
    if (cipher !== 'none') throw encrypted();
    if (reader.number() !== 1) throw new RangeError('The file holds more than one key.');
    const rawKey = rawKeyOfBlob(reader.string());
    return privateKeyOf(seedOf(reader.string()), rawKey);
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    throw new CredentialsError('key_malformed', 'The OpenSSH private key is damaged.', openSshHint, error);
  }
}

/** The private part: two equal check numbers, type, public key, then seed and public key in one string. */
function seedOf(secret: Uint8Array): Uint8Array {
  const reader = new SshReader(secret);
  const checks = [reader.number(), reader.number()];
  if (checks[0] !== checks[1]) throw new RangeError('The check numbers differ.');
  reader.text();
  reader.string();
  const pair = reader.string();
  if (pair.length !== 64) throw new RangeError('An Ed25519 private key has 64 bytes.');
  return pair.subarray(0, 32);
}

function privateKeyOf(seed: Uint8Array, rawKey: Uint8Array): KeyObject {
  const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', d: base64url(seed), x: base64url(rawKey) },
  });
}

const encrypted = () =>
  new CredentialsError(
    'key_encrypted',
    'The private key is protected by a passphrase, which is not supported.',
    'Use a key of its own without a passphrase: "latchkey key new"; or remove it from a copy: ssh-keygen -p -N "" -f COPY.',
  );
