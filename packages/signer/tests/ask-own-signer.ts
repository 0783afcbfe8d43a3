import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RefusedObject, SignedObject, SignerAnswer } from '@latchkey/contract/signer-protocol';
import { onTestFinished } from 'vitest';
import { readSignerConfig } from '../src/config.js';
import { startTestIssuer } from '../src/conformance/test-issuer.js';
import { storesOf } from '../src/open-store.js';
import { startSigner } from '../src/start-signer.js';

export interface OwnSigner {
  /** With a token for these objects, as the browser asks. */
  ask(...objects: string[]): Promise<(SignedObject | RefusedObject)[]>;
  /** The URL of an object that has to be signed. */
  urlOf(object: string): Promise<string>;
}

interface OwnSignerOptions {
  readonly prefix: string;
  readonly store: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds?: number;
  readonly environment: Readonly<Record<string, string>>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The reference signer with one rule, and an issuer of its tokens; both end with the test. */
export async function startOwnSigner(options: OwnSignerOptions): Promise<OwnSigner> {
  const { prefix, store, expiresInSeconds = 60, environment } = options;
  const signerUrl = `http://127.0.0.1:${await freePort()}/sign`;
  const [integration, email] = ['0198c1a2-7a54-7000-8000-000000000000', 'ada@example.com'];
  const issuer = await startTestIssuer({ host: '127.0.0.1', port: 0, signerUrl, integration, email });
  onTestFinished(() => issuer.close());
  const settings = {
    port: Number(new URL(signerUrl).port),
    signerUrl,
    latchkeyUrl: issuer.url,
    rules: [{ prefix, integrations: [integration], users: [email], expiresInSeconds, store: 'own' }],
    stores: { own: store },
  };
  const signer = await startSigner({
    config: readSignerConfig(JSON.stringify(settings)),
    openStore: storesOf(environment),
    log: () => undefined,
  });
  onTestFinished(() => signer.close());
  const ask: OwnSigner['ask'] = async (...objects) => {
    const answer = await fetch(signerUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await issuer.token(objects)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ version: 1, objects }),
    });
    return ((await answer.json()) as SignerAnswer).objects;
  };
  return {
    ask,
    urlOf: async (object) => {
      const [answered] = await ask(object);
      if (answered && 'url' in answered) return answered.url;
      throw new Error(`The signer gives no URL of the object: ${answered?.error.message}`);
    },
  };
}
