import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a test can make wrong. */
interface Deviations {
  readonly origin?: string;
  readonly rpId?: string;
  readonly isUserVerified?: boolean;
  readonly signCount?: number;
  readonly userHandle?: string;
  readonly attestation?: { readonly format: string; readonly statement: Buffer };
}

interface Options {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

const flag = { present: 0x01, verified: 0x04, syncable: 0x08, synced: 0x10, credential: 0x40 } as const;
const base64url = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

// Of CBOR (RFC 8949) what an attestation object needs.
const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
const cborBytes = (bytes: Buffer): Buffer => {
  const { length } = bytes;
  const head = length < 256 ? [0x58, length] : [0x59, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
};
const emptyMap = Buffer.from([0xa0]);

/** One discoverable credential, with ES256, as a device or a password manager keeps it. */
export class SoftwareAuthenticator {
  readonly origin: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(32);
  readonly #isSynced: boolean;
  #userHandle = '';
  #signCount = 0;

  /** One that syncs does not count. */
  constructor(origin: string, { isSynced = false } = {}) {
    this.origin = origin;
    this.#isSynced = isSynced;
  }

  create({ challenge, rp, user }: Options, deviations: Deviations = {}) {
    this.#userHandle = user.id;
    const { format, statement } = deviations.attestation ?? { format: 'none', statement: emptyMap };
    const authenticatorData = this.#data(rp.id, this.#credentialData(), deviations);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      ...[cborText('fmt'), cborText(format), cborText('attStmt'), statement],
      ...[cborText('authData'), cborBytes(authenticatorData)],
    ]);
    const clientDataJSON = this.#clientData('webauthn.create', challenge, deviations);
    return this.#credential({
      clientDataJSON: base64url(clientDataJSON),
      attestationObject: base64url(attestationObject),
      transports: ['internal'],
    });
  }

  get({ challenge, rpId }: { challenge: string; rpId: string }, deviations: Deviations = {}) {
    if (!this.#isSynced) this.#signCount = deviations.signCount ?? this.#signCount + 1;
    const authenticatorData = this.#data(rpId, Buffer.alloc(0), deviations);
    const clientDataJSON = this.#clientData('webauthn.get', challenge, deviations);
    const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
    const signature = sign('sha256', signed, this.#keys.privateKey);
    return this.#credential({
      clientDataJSON: base64url(clientDataJSON),
      authenticatorData: base64url(authenticatorData),
      signature: base64url(signature),
      userHandle: deviations.userHandle ?? this.#userHandle,
    });
  }

  #credential<Response>(response: Response) {
    const id = base64url(this.#id);
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, { origin = this.origin }: Deviations): string {
    return JSON.stringify({ type, challenge, origin, crossOrigin: false });
  }

  #data(rpId: string, attested: Buffer, deviations: Deviations): Buffer {
    const flags =
      flag.present |
      (deviations.isUserVerified === false ? 0 : flag.verified) |
      (this.#isSynced ? flag.syncable | flag.synced : 0) |
      (attested.length > 0 ? flag.credential : 0);
    return Buffer.concat([
      sha256(deviations.rpId ?? rpId),
      Buffer.from([flags]),
      uint32(this.#signCount),
      attested,
    ]);
  }

  #credentialData(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, this.#id.length]),
      this.#id,
      // A map of five: type EC2, ES256, P-256, and the two coordinates.
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      ...[
        cborBytes(Buffer.from(x, 'base64url')),
        Buffer.from([0x22]),
        cborBytes(Buffer.from(y, 'base64url')),
      ],
    ]);
  }
}
