import { type Agent, type Dispatcher, errors } from 'undici';
import { EgressError } from './egress-error.js';

/** One answer, whose body was read to its end or cut off. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body was longer than was read of it. */
  readonly isCut: boolean;
}

export interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  /** Sent by POST; undefined: by GET. */
  readonly body?: string;
  /** How much of the answer's body is read at most. */
  readonly bodyLimit: (status: number) => number;
}

/** Makes one request, and follows nothing. */
export async function exchange(
  agent: Agent,
  url: URL,
  { headers, body, bodyLimit }: Exchange,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const { origin, pathname, search } = url;
    const path = `${pathname}${search}`;
    const message = body === undefined ? { method: 'GET' as const } : { method: 'POST' as const, body };
    const answer = await agent.request({ origin, path, ...message, headers, signal });
    const status = answer.statusCode;
    return { status, headers: flat(answer.headers), ...(await readBody(answer.body, bodyLimit(status))) };
  } catch (error) {
    throw toEgressError(error, url.hostname, signal);
  }
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<Pick<Answer, 'body' | 'isCut'>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop destroys the body and with it the connection.
    if (length > maxBytes) break;
  }
  const whole = new Uint8Array(Math.min(length, maxBytes));
  let at = 0;
  for (const chunk of chunks) {
    const piece = chunk.subarray(0, whole.length - at);
    whole.set(piece, at);
    at += piece.length;
  }
  return { body: whole, isCut: length > maxBytes };
}

/** A header that comes twice has the value of the first. */
function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

/** What the caller aborted stays as it is. */
function toEgressError(error: unknown, hostname: string, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof EgressError) return error;
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return new EgressError('timed_out', `${hostname} took too long to answer.`, { cause: error });
  if (error instanceof errors.HeadersOverflowError || error instanceof errors.HTTPParserError)
    return new EgressError('invalid_answer', `${hostname} does not answer as HTTP has it.`, { cause: error });
  return new EgressError('unreachable', `${hostname} cannot be reached: ${reasonOf(error)}.`, {
    cause: error,
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ETIMEDOUT: 'no connection in time',
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'the name cannot be resolved at the moment',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (reasons[code]) return reasons[code];
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_|UNABLE_TO)|EPROTO/.test(code)
    ? `its TLS certificate or protocol is not accepted (${code})`
    : code || 'the connection failed';
}
