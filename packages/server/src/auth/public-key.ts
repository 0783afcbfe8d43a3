import { createHash } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';

const type = 'ssh-ed25519';

/** PEM and PuTTY, and the body of an OpenSSH key without its first line ("openssh-key-v1"). */
const privateKey = /PRIVATE KEY|PuTTY-User-Key-File|b3BlbnNzaC1rZXktdjE/;
const otherTypes: readonly string[] = [
  'ssh-rsa',
  'ssh-dss',
  'ecdsa-sha2-',
  'sk-ssh-ed25519',
  'sk-ecdsa-sha2-',
];

/** The 32 bytes of `ssh-ed25519 AAAA... comment`; throws `invalid_request` for any other key, and never repeats it. */
export function parsePublicKey(text: string): { publicKey: Buffer; comment: string } {
  const [name, base64 = '', ...comment] = text.trim().split(/\s+/);
  if (privateKey.test(text))
    throw new LatchkeyError(
      'invalid_request',
      'This is a private key, and nothing of it was stored. Others may have seen it on its way here: make a new key pair, and give the public key, the one line of the file that ends in .pub.',
    );
  if (name !== type) throw new LatchkeyError('invalid_request', otherKeyMessage(name));
  const blob = Buffer.from(base64, 'base64');
  const publicKey = blob.subarray(-32);
  if (!blob.equals(toBlob(publicKey)))
    throw new LatchkeyError('invalid_request', 'The public key is damaged or cut off. Paste the whole line.');
  return { publicKey, comment: comment.join(' ') };
}

function otherKeyMessage(name = ''): string {
  const other = otherTypes.find((known) => name.startsWith(known));
  const given = other === undefined ? '' : ` This one is of another type (${other.replace(/-$/, '')}).`;
  return `The key must be an Ed25519 public key in OpenSSH form: ssh-ed25519 AAAA...${given} "ssh-keygen -t ed25519" makes one.`;
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
