import type { SignerGrant } from '@latchkey/contract/schemas/signer';
import {
  type AnsweredObject,
  MalformedAnswerError,
  readSignerAnswer,
  readSignerRefusal,
} from '@latchkey/contract/signer-answer';
import { type SignerRequest, signerProtocolVersion } from '@latchkey/contract/signer-protocol';
import { compileHostRules } from '@latchkey/manifest/read/host-rules';
import { SignerFailure, type SignerProblem } from './signer-problem.js';

export interface FreshUrl {
  readonly url: string;
  /** When it dies, in epoch milliseconds. */
  readonly freshUntil: number;
}
export type SignerOutcome = FreshUrl | { readonly problem: SignerProblem };

export interface AskOptions {
  readonly fetchSigner: typeof fetch;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

type Grant = Pick<SignerGrant, 'signerUrl' | 'token' | 'objects' | 'allowedHosts'>;

const timeoutMs = 20_000;

/**
 * Asks the signer for a fresh URL of each object of the grant. Nothing but the token goes there: no cookie, no referrer.
 *
 * @throws {SignerFailure} when it answers for none of them
 */
export async function askSigner(
  grant: Grant,
  options: AskOptions,
): Promise<ReadonlyMap<string, SignerOutcome>> {
  const host = new URL(grant.signerUrl).host;
  const response = await post(grant, host, options);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refused(host, response.status, body);
  const answered = readAnswer(body, grant.objects, host);
  const allowsHost = compileHostRules(grant.allowedHosts);
  return new Map(
    answered.map((object) => [object.object, toOutcome(object, { host, allowsHost, now: options.now() })]),
  );
}

async function post(grant: Grant, host: string, { fetchSigner, signal }: AskOptions): Promise<Response> {
  const request: SignerRequest = { version: signerProtocolVersion, objects: grant.objects };
  const common = {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  } satisfies RequestInit;
  try {
    return await fetchSigner(grant.signerUrl, {
      ...common,
      method: 'POST',
      mode: 'cors',
      headers: { authorization: `Bearer ${grant.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
  } catch {
    signal.throwIfAborted();
    // Without CORS, to tell a missing header from a service that is not there. It gets no token.
    const answers = await fetchSigner(grant.signerUrl, { ...common, mode: 'no-cors' }).then(
      () => true,
      () => false,
    );
    throw new SignerFailure({ kind: answers ? 'no-cors' : 'unreachable', host });
  }
}

function refused(host: string, status: number, body: unknown): SignerFailure {
  const refusal = readSignerRefusal(body);
  return new SignerFailure({
    kind: 'refused',
    host,
    status,
    code: refusal?.code ?? null,
    message: refusal?.message ?? '',
  });
}

function readAnswer(body: unknown, objects: readonly string[], host: string): AnsweredObject[] {
  try {
    return readSignerAnswer(body, objects);
  } catch (error) {
    if (!(error instanceof MalformedAnswerError)) throw error;
    throw new SignerFailure({ kind: 'malformed', host, reason: error.message });
  }
}

/** What the signer gives goes into the page: only a URL that lives, at a host that the integration allows. */
function toOutcome(
  answered: AnsweredObject,
  { host, allowsHost, now }: { host: string; allowsHost: (host: string) => boolean; now: number },
): SignerOutcome {
  if ('error' in answered) return { problem: { kind: 'object-refused', host, ...answered.error } };
  const urlHost = URL.parse(answered.url)?.host ?? '';
  if (!allowsHost(urlHost)) return { problem: { kind: 'host-not-allowed', host, urlHost } };
  const freshUntil = Date.parse(answered.expiresAt);
  if (freshUntil <= now) return { problem: { kind: 'dead-url', host, expiresAt: answered.expiresAt } };
  return { url: answered.url, freshUntil };
}
