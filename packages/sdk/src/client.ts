import { getBearerToken } from '@latchkey/contract/routes/session';
import { CredentialsError } from './credentials-error.js';
import { openManifestFile } from './node/manifest-file.js';
import { readPrivateKeyFile } from './node/private-key-file.js';
import { sha256OfBody, signatureHeaders } from './signing.js';
import { readSigningKey, type SigningKey } from './signing-key.js';
import { StorageClient } from './storage-client.js';
import { createTransport } from './transport.js';
import type { RequestToAuthenticate, TransportOptions } from './transport-options.js';

/** Address of the server, and what a test or an unusual network may replace. */
export type ClientOptions = Pick<TransportOptions, 'baseUrl' | 'fetch' | 'retry'>;

/** The variables of a process that `createFromEnvironment` reads. */
export interface ClientEnvironment {
  readonly LATCHKEY_URL?: string | undefined;
  readonly LATCHKEY_SSH_KEY_FILE?: string | undefined;
  readonly LATCHKEY_TOKEN?: string | undefined;
  readonly ENCORD_SSH_KEY_FILE?: string | undefined;
  readonly ENCORD_SSH_KEY?: string | undefined;
}

const defaultBaseUrl = 'http://127.0.0.1:8787';

/**
 * The client for Node.js. Its names follow `EncordUserClient` of the official Python client.
 *
 * @example
 * const client = LatchkeyClient.createWithSshPrivateKey(
 *   { path: '~/.ssh/latchkey' },
 *   { baseUrl: 'https://latchkey.example.com' },
 * );
 * const folder = await client.createStorageFolder('Street scenes');
 */
export class LatchkeyClient extends StorageClient {
  /**
   * Signs every request with an Ed25519 key whose public half is registered for the user.
   *
   * @param privateKey Text of the key (OpenSSH without a passphrase, or PKCS8 PEM), or the path of its file.
   * @throws CredentialsError where the key cannot be used.
   */
  static createWithSshPrivateKey(
    privateKey: string | { readonly path: string },
    options: ClientOptions,
  ): LatchkeyClient {
    const text = typeof privateKey === 'string' ? privateKey : readPrivateKeyFile(privateKey.path);
    const key = readSigningKey(text);
    return clientOf(options, async (request) => {
      if (!(request.body instanceof ReadableStream)) return signed(key, request, request.body);
      // A stream can be read only once, and the digest is needed before it is sent.
      const token = await exchangeForToken(key, options);
      return bearer(token);
    });
  }

  /**
   * Sends a bearer token with every request: an API token, or one of `getBearerToken`.
   *
   * @example
   * const client = LatchkeyClient.createWithBearerToken(token, { baseUrl: 'https://latchkey.example.com' });
   */
  static createWithBearerToken(token: string, options: ClientOptions): LatchkeyClient {
    return clientOf(options, async () => bearer(token));
  }

  /**
   * Reads the address from `LATCHKEY_URL` (default http://127.0.0.1:8787) and the credentials from the first one set of
   * `LATCHKEY_SSH_KEY_FILE`, `LATCHKEY_TOKEN`, `ENCORD_SSH_KEY_FILE` and `ENCORD_SSH_KEY` (text of the key).
   *
   * @throws CredentialsError `credentials_missing` where none is set.
   * @example
   * const client = LatchkeyClient.createFromEnvironment(process.env);
   */
  static createFromEnvironment(
    environment: ClientEnvironment,
    options: Partial<ClientOptions> = {},
  ): LatchkeyClient {
    const complete = { baseUrl: environment.LATCHKEY_URL || defaultBaseUrl, ...options };
    const keyFile = environment.LATCHKEY_SSH_KEY_FILE;
    const token = environment.LATCHKEY_TOKEN;
    const encordKeyFile = environment.ENCORD_SSH_KEY_FILE;
    const encordKey = environment.ENCORD_SSH_KEY;
    if (keyFile) return LatchkeyClient.createWithSshPrivateKey({ path: keyFile }, complete);
    if (token) return LatchkeyClient.createWithBearerToken(token, complete);
    if (encordKeyFile) return LatchkeyClient.createWithSshPrivateKey({ path: encordKeyFile }, complete);
    if (encordKey) return LatchkeyClient.createWithSshPrivateKey(encordKey, complete);
    throw new CredentialsError(
      'credentials_missing',
      'There is neither an SSH key nor a token to sign in with.',
      'Set LATCHKEY_SSH_KEY_FILE to the path of your private key, or LATCHKEY_TOKEN to an API token.',
    );
  }
}

function clientOf(
  options: ClientOptions,
  authenticate: NonNullable<TransportOptions['authenticate']>,
): LatchkeyClient {
  return new LatchkeyClient({ transport: createTransport({ ...options, authenticate }), openManifestFile });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function signed(
  key: SigningKey,
  request: RequestToAuthenticate,
  body: Parameters<typeof sha256OfBody>[0],
): Promise<Record<string, string>> {
  const bodySha256 = await sha256OfBody(body, request.signal);
  return signatureHeaders(key, { ...request, bodySha256 }, new Date());
}

async function exchangeForToken(key: SigningKey, options: ClientOptions): Promise<string> {
  const authenticate = (request: RequestToAuthenticate) => signed(key, request, undefined);
  const { token } = await createTransport({ ...options, authenticate }).call(getBearerToken);
  return token;
}
