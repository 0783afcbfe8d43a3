import { createHash, timingSafeEqual } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const emptyDigest = createHash('sha256').digest();

/** Throws `digest_mismatch` if the body is not the one that was signed. */
export function mustMatchSignedDigest(request: FastifyRequest, digest: Buffer): void {
  if (request.signedDigest && !timingSafeEqual(request.signedDigest, digest))
    throw new LatchkeyError('digest_mismatch');
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
      } catch (error) {
        throw new LatchkeyError('malformed_json', `The body is not JSON: ${(error as SyntaxError).message}.`);
      }
    },
  );
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined && !request.routeOptions.config.streamedBody)
      mustMatchSignedDigest(request, emptyDigest);
  });
}
