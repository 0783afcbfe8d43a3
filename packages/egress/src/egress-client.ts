import { Agent } from 'undici';
import { type AddressRule, publicAddressesAnd } from './address-rules.js';
import { checkUrl } from './check-url.js';
import { createConnector, type Resolve, resolveBySystem } from './connector.js';
import { EgressError } from './egress-error.js';
import { type Answer, type Exchange, exchange } from './exchange.js';
import { type HostOptions, Hosts } from './hosts.js';
import { type RangeAnswer, reasonBytes, toRangeAnswer, wholeObjectBytes } from './range-answer.js';
import { pauseOf, type RetryOptions, withRetries } from './retries.js';

export interface EgressOptions extends Partial<HostOptions>, Partial<RetryOptions> {
  /** Default: public addresses alone. */
  readonly mayConnect?: AddressRule;
  /** Default: the resolver of the system. */
  readonly resolve?: Resolve;
  readonly connectTimeoutMs?: number;
  /** Until the first byte of the body, and between any two of it. */
  readonly silenceTimeoutMs?: number;
  /** For a request as a whole, from when it is its turn. */
  readonly requestTimeoutMs?: number;
  readonly maxRedirects?: number;
  /** The most that one request may ask for. */
  readonly maxRangeBytes?: number;
}

const defaults = {
  mayConnect: publicAddressesAnd([]),
  resolve: resolveBySystem,
  connectTimeoutMs: 5_000,
  silenceTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  maxRedirects: 5,
  maxRangeBytes: 64 * 1024 * 1024,
  requestsPerHost: 16,
  failuresUntilRest: 5,
  restMs: 60_000,
  delaysMs: [250, 1_000],
  longestPauseMs: 5_000,
} as const;

export interface PostAnswer {
  readonly status: number;
  readonly body: string;
  /** 0: the answer does not ask to wait. */
  readonly retryAfterMs: number;
}

export interface WholeRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The longest body of an answer. */
  readonly maxBytes: number;
}

/** Makes requests to URLs that users gave. Keeps connections; holds no cookies and sends no credentials. */
export class EgressClient {
  readonly #options: typeof defaults & EgressOptions;
  readonly #agent: Agent;
  readonly #hosts: Hosts;

  constructor(options: EgressOptions = {}) {
    this.#options = { ...defaults, ...options } as typeof defaults & EgressOptions;
    const { requestsPerHost, silenceTimeoutMs } = this.#options;
    this.#agent = new Agent({
      connect: createConnector(this.#options),
      connections: requestsPerHost,
      headersTimeout: silenceTimeoutMs,
      bodyTimeout: silenceTimeoutMs,
      maxHeaderSize: 32 * 1024,
    });
    this.#hosts = new Hosts(this.#options, Date.now);
  }

  /**
   * Bytes of an object from `start` to before `end`, by GET: a URL that is signed for GET refuses HEAD.
   *
   * @throws {EgressError}; or the reason of the signal
   */
  async fetchRange(url: string, start: number, end: number, signal: AbortSignal): Promise<RangeAnswer> {
    const length = end - start;
    if (length > this.#options.maxRangeBytes)
      throw new EgressError('too_many_bytes', `${length} bytes are more than one request may ask for.`);
    const headers = {
      range: `bytes=${start}-${end - 1}`,
      'accept-encoding': 'identity',
      'user-agent': 'Latchkey',
    };
    // One signal may end thousands of requests: each gets its own, so that not all of them listen to that one.
    const own = AbortSignal.any([signal]);
    const request = () => this.#follow(checkUrl(url), headers, length, own);
    const { host, answer } = await withRetries(this.#options, request, own);
    return toRangeAnswer(host, answer, start, end);
  }

  /**
   * Sends a text by POST, once: what is answered stands, a redirect as well, which is not followed. Of the answer's
   * body the first 4 KiB are read.
   *
   * @throws {EgressError}; or the reason of the signal
   */
  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<PostAnswer> {
    const message = {
      headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'Latchkey' },
      body,
      bodyLimit: () => reasonBytes,
    };
    const answer = await this.#request(checkUrl(url), message, AbortSignal.any([signal]));
    const { status, headers: given, body: bytes } = answer;
    return {
      status,
      body: new TextDecoder().decode(bytes),
      retryAfterMs: pauseOf(given['retry-after'] ?? null),
    };
  }

  /**
   * Makes a request, once, and gives its answer whole; a redirect is an answer like others. With a body it is sent by
   * POST, else by GET.
   *
   * @throws {EgressError}; or the reason of the signal
   */
  async request(
    url: string,
    { headers, body, maxBytes }: WholeRequest,
    signal: AbortSignal,
  ): Promise<Omit<Answer, 'isCut'>> {
    const checked = checkUrl(url);
    const message = {
      headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'Latchkey' },
      ...(body !== undefined && { body }),
      bodyLimit: () => maxBytes,
    };
    const answer = await this.#request(checked, message, AbortSignal.any([signal]));
    if (answer.isCut)
      throw new EgressError(
        'too_many_bytes',
        `${checked.hostname} answers with more than ${maxBytes} bytes.`,
      );
    return answer;
  }

  /** Ends open requests too. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #follow(
    first: URL,
    headers: Readonly<Record<string, string>>,
    maxBytes: number,
    signal: AbortSignal,
  ) {
    const bodyLimit = (status: number): number => {
      if (status === 206) return maxBytes;
      return status === 200 ? wholeObjectBytes : reasonBytes;
    };
    let url = first;
    for (let redirects = 0; redirects <= this.#options.maxRedirects; redirects += 1) {
      const answer = await this.#request(url, { headers, bodyLimit }, signal);
      const next = redirectOf(url, answer);
      if (next === null) {
        const { status, headers: given } = answer;
        return { host: url.hostname, answer, status, retryAfter: given['retry-after'] ?? null };
      }
      url = next;
    }
    throw new EgressError(
      'too_many_redirects',
      `${first.hostname} redirects more than ${this.#options.maxRedirects} times.`,
    );
  }

  #request(url: URL, message: Exchange, signal: AbortSignal): Promise<Answer> {
    const request = async (): Promise<Answer> => {
      const late = AbortSignal.timeout(this.#options.requestTimeoutMs);
      try {
        return await exchange(this.#agent, url, message, AbortSignal.any([signal, late]));
      } catch (error) {
        if (signal.aborted || !late.aborted) throw error;
        throw new EgressError('timed_out', `${url.hostname} took too long to answer.`, { cause: error });
      }
    };
    return this.#hosts.run(url.host, request, signal);
  }
}

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** Where the answer sends to, which is checked like the first URL; null if it does not. */
function redirectOf(from: URL, { status, headers }: Answer): URL | null {
  const location = headers['location'];
  if (!redirects.includes(status) || location === undefined) return null;
  if (!URL.canParse(location, from.href))
    throw new EgressError('invalid_answer', `${from.hostname} redirects to what is no URL.`);
  const to = checkUrl(new URL(location, from.href).href);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new EgressError('refused_scheme', `${from.hostname} redirects from https to http.`);
  return to;
}
