import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  objectsDigest,
  type SignerClaims,
  signerTokenScope,
  signerTokenType,
} from '@latchkey/contract/signer-protocol';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

interface IssuerKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK & { readonly kid: string };
}

export interface IssuerOptions {
  /** Where the signer reaches it, and what tokens have as their issuer; else the address it listens on. */
  readonly url?: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly signerUrl: string;
  readonly integration: string;
  readonly email: string;
}

export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly type?: string;
  readonly signWith?: 'current' | 'unknown-key' | 'unknown-key-by-known-name';
}

/** Stands in the place of a Latchkey: its key set, and tokens right and wrong. */
export interface TestIssuer {
  readonly url: string;
  readonly origin: string;
  token(objects: readonly string[], changes?: TokenChanges): Promise<string>;
  /** A new key signs, and is in the set beside the old one. */
  rotate(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestIssuer(options: IssuerOptions): Promise<TestIssuer> {
  let keys = [await makeKey()];
  const server = createServer((request, response) => {
    const isKeySet = request.url === '/.well-known/jwks.json';
    response.writeHead(isKeySet ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isKeySet ? JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) : '{}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = (options.url ?? `http://${options.host}:${port}`).replace(/\/$/, '');
  return {
    url,
    origin: new URL(url).origin,
    token: async (objects, changes = {}) => {
      const current = keys[0] ?? (await makeKey());
      const key =
        changes.signWith === undefined || changes.signWith === 'current' ? current : await makeKey();
      const { kid } = changes.signWith === 'unknown-key-by-known-name' ? current.jwk : key.jwk;
      const claims = { ...(await claimsFor(objects, url, options)), ...changes.claims };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: changes.type ?? signerTokenType, kid })
        .sign(key.privateKey);
    },
    rotate: async () => {
      keys = [await makeKey(), ...keys];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function claimsFor(
  objects: readonly string[],
  issuer: string,
  { signerUrl, integration, email }: IssuerOptions,
): Promise<SignerClaims> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: new URL(signerUrl).origin,
    sub: '00000000-0000-7000-8000-000000000001',
    email,
    integration,
    scope: signerTokenScope,
    objects_sha256: await objectsDigest(objects),
    iat: now,
    exp: now + 120,
    jti: crypto.randomUUID(),
  };
}

async function makeKey(): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, jwk: { ...jwk, kid, use: 'sig', alg: 'EdDSA' } };
}
