import { publicAddressesAnd } from '@latchkey/egress/address-rules';
import { EgressClient } from '@latchkey/egress/egress-client';
import type { FastifyBaseLogger } from 'fastify';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  None,
} from 'openid-client';
import type { SingleSignOnConfig } from '../config/single-sign-on-settings.js';
import { egressFetch } from './egress-fetch.js';
import { type ProviderClaims, toProviderClaims } from './provider-claims.js';
import { toProviderFailure } from './provider-errors.js';
import type { SignInChecks } from './sign-in-checks.js';

const timeoutMs = 10_000;
/** Endpoints and algorithms of a provider change rarely; its keys are looked up anew by the library. */
const discoveryMs = 3_600_000;

/** The one provider that the operator set: what it says of itself, and what it says of people. */
export class IdentityProvider {
  readonly #config: SingleSignOnConfig;
  readonly #log: FastifyBaseLogger;
  readonly #egress: EgressClient;
  #discovered: { readonly at: number; readonly configuration: Promise<Configuration> } | null = null;
  #clockAheadMs: number | null = null;

  constructor(config: SingleSignOnConfig, log: FastifyBaseLogger) {
    this.#config = config;
    this.#log = log;
    this.#egress = new EgressClient({
      mayConnect: publicAddressesAnd(config.allowedRanges),
      silenceTimeoutMs: timeoutMs,
      requestTimeoutMs: timeoutMs,
      failuresUntilRest: Number.POSITIVE_INFINITY,
    });
  }

  /** How far this clock was before the provider's at the last answer, to the second; null: it does not say. */
  get clockAheadMs(): number | null {
    return this.#clockAheadMs;
  }

  /** Reads the provider's description of itself. Throws `identity_provider_*`. */
  async discover(): Promise<void> {
    await this.#try(() => this.#configuration());
  }

  /** Where the browser has to go. Throws `identity_provider_*`. */
  async authorizationUrl({ state, nonce, codeVerifier }: SignInChecks): Promise<URL> {
    const { redirectUri, scopes } = this.#config;
    return this.#try(async () =>
      buildAuthorizationUrl(await this.#configuration(), {
        redirect_uri: redirectUri,
        scope: scopes,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      }),
    );
  }

  /**
   * Who has signed in, by the query with which the provider sent the browser back. Throws `single_sign_on_denied`,
   * `id_token_*` and `identity_provider_*`.
   */
  async claimsOf(query: string, { state, nonce, codeVerifier }: SignInChecks): Promise<ProviderClaims> {
    return this.#try(async () => {
      const configuration = await this.#configuration();
      const answer = new URL(this.#config.redirectUri);
      answer.search = query;
      const tokens = await authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const token = tokens.claims();
      if (!token) throw new TypeError('The library gave no ID token, although one was expected.');
      const more = await this.#userInfo(configuration, tokens.access_token, token);
      return toProviderClaims({ issuer: token.iss, subject: token.sub }, { ...more, ...token }, this.#config);
    });
  }

  async close(): Promise<void> {
    await this.#egress.close();
  }

  /** Many providers keep ID tokens small, and tell of the person at an endpoint. */
  async #userInfo(configuration: Configuration, accessToken: string, token: IDToken): Promise<object> {
    const needed = ['email', 'name', this.#config.groupsClaim];
    const isComplete = needed.every((claim) => token[claim] !== undefined);
    if (isComplete || !configuration.serverMetadata().userinfo_endpoint) return {};
    return fetchUserInfo(configuration, accessToken, token.sub);
  }

  /** One discovery for all who wait for it; one that failed is forgotten. */
  #configuration(): Promise<Configuration> {
    const now = performance.now();
    if (this.#discovered && now - this.#discovered.at < discoveryMs) return this.#discovered.configuration;
    const configuration = this.#discover();
    const discovered = { at: now, configuration };
    this.#discovered = discovered;
    configuration.catch(() => {
      if (this.#discovered === discovered) this.#discovered = null;
    });
    return configuration;
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#config;
    const url = new URL(issuer);
    return discovery(url, clientId, undefined, clientAuthentication(clientSecret), {
      [customFetch]: egressFetch(this.#egress, ({ date }) => this.#noteTime(date)),
      timeout: timeoutMs / 1000,
      // The signature of an ID token is verified although TLS has brought it here.
      execute: [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])],
    });
  }

  #noteTime(date: string | undefined): void {
    const time = Date.parse(date ?? '');
    this.#clockAheadMs = Number.isNaN(time) ? null : Date.now() - time;
  }

  async #try<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const failure = toProviderFailure(error);
      if (!failure) throw error;
      const { error: known, reason } = failure;
      this.#log.warn({ code: known.code, reason }, 'signing in by the identity provider failed');
      throw known;
    }
  }
}

/** By the header where the provider takes that, as OpenID Connect has it, else in the body. */
function clientAuthentication(secret: string | null): ClientAuth {
  if (secret === null) return None();
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, ...others) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? basic : post;
    authenticate(server, ...others);
  };
}
