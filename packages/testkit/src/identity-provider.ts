import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider, type ProviderContext } from 'oidc-provider';

/** What the provider says of a person, beside the subject. */
export type TestAccount = Readonly<Record<string, unknown>>;

export interface TestIdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By subject, which is what people type at the provider's page. */
  readonly accounts: Map<string, TestAccount>;
  /** Changes the ID tokens that are made from now on, and signs them with the provider's key; null: they stay. */
  tamper: ((claims: JWTPayload, token: string) => Promise<string> | string) | null;
  /** Signs what an ID token is to say. */
  sign(claims: JWTPayload): Promise<string>;
  close(): Promise<void>;
}

interface Options {
  /** Where it sends browsers back to. */
  readonly redirectUri: string;
  /** A name of this machine. */
  readonly host?: string;
  readonly port?: number;
}

const clientId = 'latchkey';
const clientSecret = 'the client secret of the test';
const algorithm = 'ES256';

/** A real OpenID Connect provider (`oidc-provider`) that listens on this machine, with a page to sign in at. */
export async function startIdentityProvider({
  redirectUri,
  host = '127.0.0.1',
  port = 0,
}: Options): Promise<TestIdentityProvider> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'test', alg: algorithm, use: 'sig' };
  const accounts = new Map<string, TestAccount>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: algorithm,
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['a key of the test'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    findAccount: (_context: unknown, subject: string) =>
      accounts.has(subject) && {
        accountId: subject,
        claims: () => ({ sub: subject, ...accounts.get(subject) }),
      },
    loadExistingGrant: grantEverything,
    ttl: {
      Interaction: 600,
      Session: 600,
      Grant: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      AccessToken: 600,
    },
  });
  const identityProvider: TestIdentityProvider = {
    issuer,
    clientId,
    clientSecret,
    accounts,
    tamper: null,
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: 'test' }).sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  provider.use((context, next) => showLogin(provider, context, next));
  provider.use((context, next) => tamperWith(identityProvider, context, next));
  server.on('request', provider.callback());
  return identityProvider;
}

/** Nobody is asked whether Latchkey may know who they are. */
async function grantEverything({ oidc }: ProviderContext): Promise<unknown> {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client.clientId,
    accountId: oidc.session.accountId,
  });
  grant.addOIDCScope('openid email profile groups');
  await grant.save();
  return grant;
}

const page = `<!doctype html><html lang="en"><title>The test provider</title><h1>The test provider</h1>
<form method="post"><label>Account <input name="login" autofocus></label> <button name="go">Continue</button>
<button name="cancel">Cancel</button></form></html>`;

async function showLogin(
  provider: Provider,
  context: ProviderContext,
  next: () => Promise<void>,
): Promise<void> {
  if (!context.path.startsWith('/interaction/')) return next();
  if (context.method === 'GET') {
    context.type = 'html';
    context.body = page;
    return;
  }
  const fields = await formOf(context.req);
  const result = fields.has('cancel')
    ? { error: 'access_denied', error_description: 'The person has cancelled.' }
    : { login: { accountId: fields.get('login') ?? '' } };
  context.redirect(await provider.interactionResult(context.req, context.res, result));
  context.status = 303;
}

const formOf = async (request: IncomingMessage): Promise<URLSearchParams> =>
  new URLSearchParams(await text(request));

async function tamperWith(
  { tamper }: TestIdentityProvider,
  context: ProviderContext,
  next: () => Promise<void>,
): Promise<void> {
  await next();
  const body = context.body as { id_token?: string } | undefined;
  if (context.path !== '/token' || !tamper || !body?.id_token) return;
  context.body = { ...body, id_token: await tamper(decodeJwt(body.id_token), body.id_token) };
}
