import { createHash, timingSafeEqual } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { JsonScanner } from '@latchkey/manifest/scan/json-scanner';
import { malformed } from '@latchkey/manifest/scan/malformed';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const emptyDigest = createHash('sha256').digest();

/** Throws `digest_mismatch` if the body is not the one that was signed. */
export function mustMatchSignedDigest(request: FastifyRequest, digest: Buffer): void {
  if (request.signedDigest && !timingSafeEqual(request.signedDigest, digest))
    throw new LatchkeyError('digest_mismatch');
}

/** Names line, column and what was expected, as for a manifest. The parser's own message quotes the body, passwords included. */
function jsonFault(body: Buffer): LatchkeyError {
  let fault: LatchkeyError | undefined;
  const scanner = new JsonScanner({
    watchedDepth: -1,
    readDepth: -1,
    onKey: () => undefined,
    onStart: () => undefined,
    onEnd: () => undefined,
    onTrailingComma: (_offset, place) => {
      fault ??= malformed(place, 'there is a comma before a closing bracket');
    },
  });
  try {
    scanner.push(body);
    scanner.end();
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    fault ??= error;
  }
  return fault ?? new LatchkeyError('malformed_json');
}

/** JSON bodies are read whole and held against the signed digest; a request without a body against the empty one. */
export function registerJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      mustMatchSignedDigest(request, createHash('sha256').update(body).digest());
      if (body.length === 0) return undefined;
      try {
        return JSON.parse(body.toString('utf8')) as unknown;
      } catch {
        throw jsonFault(body);
      }
    },
  );
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined && !request.routeOptions.config.streamedBody)
      mustMatchSignedDigest(request, emptyDigest);
  });
}
