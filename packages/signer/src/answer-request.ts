import {
  objectsDigest,
  type SignerAnswer,
  type SignerRefusal,
  signerProtocolVersion,
} from '@latchkey/contract/signer-protocol';
import type { SignerConfig } from './config.js';
import { createRateLimit } from './rate-limit.js';
import { isRecord } from './settings.js';
import type { ObjectSigner } from './sign-objects.js';
import { RequestRefusal } from './signer-error.js';
import type { VerifyToken } from './verify-token.js';

/** A request as any server, function or edge worker gets it. */
export interface GivenRequest {
  readonly method: string;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** Called once who asks is known to be let in. Throws `RequestRefusal` when it is too large. */
  readonly readBody: () => Promise<string>;
}

export interface GivenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: SignerAnswer | SignerRefusal | null;
  /** For the log: who asked for how much. */
  readonly said: Readonly<Record<string, unknown>>;
}

export interface AnswerOptions {
  readonly config: Pick<SignerConfig, 'latchkeyUrl' | 'limits'>;
  readonly verifyToken: VerifyToken;
  readonly signObject: ObjectSigner;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

/** The protocol of docs/signer.md without a server around it. */
export function createAnswerer(options: AnswerOptions): (request: GivenRequest) => Promise<GivenAnswer> {
  const { config, onFault } = options;
  const allowedOrigin = new URL(config.latchkeyUrl).origin;
  const limitRate = createRateLimit(config.limits, options.now);
  return async (request) => {
    const cors = corsHeaders(request, allowedOrigin);
    try {
      if (cors === null) throw new RequestRefusal(403, 'invalid_request', 'The page is not one of Latchkey.');
      if (request.method === 'OPTIONS') return { status: 204, headers: cors, body: null, said: {} };
      const { answer, said } = await sign(request, options, limitRate);
      return { status: 200, headers: { ...cors, 'cache-control': 'no-store' }, body: answer, said };
    } catch (error) {
      const refusal = error instanceof RequestRefusal ? error : fault(error, onFault);
      const { status, code, message, headers } = refusal;
      return {
        status,
        headers: { ...cors, 'cache-control': 'no-store', ...headers },
        body: { error: { code, message } },
        said: { code },
      };
    }
  };
}

/** Null: the request is of a page that may not ask. A program that is no page sends no origin, and needs the token as well. */
function corsHeaders({ method, origin }: GivenRequest, allowed: string): Record<string, string> | null {
  if (origin !== undefined && origin !== allowed) return null;
  return {
    vary: 'origin',
    'access-control-allow-origin': allowed,
    'access-control-expose-headers': 'retry-after, www-authenticate',
    ...(method === 'OPTIONS' && {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '7200',
    }),
  };
}

async function sign(
  request: GivenRequest,
  { config, verifyToken, signObject }: AnswerOptions,
  limitRate: (userId: string, objectCount: number) => void,
): Promise<{ answer: SignerAnswer; said: Record<string, unknown> }> {
  if (request.method !== 'POST')
    throw new RequestRefusal(405, 'invalid_request', 'Send a POST.', { allow: 'POST, OPTIONS' });
  const token = await verifyToken(request.authorization);
  const objects = readObjects(request.contentType, await request.readBody());
  limitRate(token.userId, objects.length);
  const { maxObjects } = config.limits;
  if (objects.length > maxObjects)
    throw new RequestRefusal(
      413,
      'too_many_objects',
      `The request has ${objects.length} objects; at most ${maxObjects} are allowed.`,
    );
  if ((await objectsDigest(objects)) !== token.objectsDigest)
    throw new RequestRefusal(403, 'objects_not_in_token', 'The token was made for other objects.');
  const signed = await Promise.all(objects.map((object) => signObject(object, token)));
  const refusedCount = signed.filter((object) => 'error' in object).length;
  const { userId, integration } = token;
  return {
    answer: { version: signerProtocolVersion, objects: signed },
    said: { userId, integration, signedCount: signed.length - refusedCount, refusedCount },
  };
}

function readObjects(contentType: string | undefined, body: string): string[] {
  if (!/^application\/json\b/i.test(contentType ?? ''))
    throw new RequestRefusal(415, 'invalid_request', 'The body must be application/json.');
  const request = parse(body);
  if (!isRecord(request) || request['version'] !== signerProtocolVersion)
    throw new RequestRefusal(
      400,
      'invalid_request',
      `The body must be a JSON object with "version": ${signerProtocolVersion}.`,
    );
  const { objects } = request;
  if (Array.isArray(objects) && objects.every((object) => typeof object === 'string')) return objects;
  throw new RequestRefusal(400, 'invalid_request', '"objects" must be a list of strings.');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestRefusal(400, 'invalid_request', 'The body is not JSON.');
  }
}

function fault(error: unknown, onFault: (error: unknown) => void): RequestRefusal {
  onFault(error);
  return new RequestRefusal(500, 'internal', 'Something went wrong in the signer; see its log.');
}
