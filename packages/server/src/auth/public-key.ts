import { createHash } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';

const type = 'ssh-ed25519';

/** The 32 bytes of `ssh-ed25519 AAAA... comment`; throws `invalid_request` for any other key. */
export function parsePublicKey(text: string): { publicKey: Buffer; comment: string } {
  const [name, base64 = '', ...comment] = text.trim().split(/\s+/);
  if (name !== type)
    throw new LatchkeyError(
      'invalid_request',
      'The key must be an Ed25519 public key in OpenSSH form: ssh-ed25519 AAAA...',
    );
  const blob = Buffer.from(base64, 'base64');
  const publicKey = blob.subarray(-32);
  if (!blob.equals(toBlob(publicKey)))
    throw new LatchkeyError('invalid_request', 'The public key is damaged or cut off. Paste the whole line.');
  return { publicKey, comment: comment.join(' ') };
}

export function formatPublicKey(publicKey: Buffer): string {
  return `${type} ${toBlob(publicKey).toString('base64')}`;
}

/** As `ssh-keygen -l` prints it. */
export function fingerprint(publicKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(toBlob(publicKey)).digest('base64').replace(/=+$/, '')}`;
}

function toBlob(publicKey: Buffer): Buffer {
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([part(Buffer.from(type)), part(publicKey)]);
}
