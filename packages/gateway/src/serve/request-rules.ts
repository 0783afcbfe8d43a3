import type { IncomingMessage } from 'node:http';
import { Refusal } from '../http/refusal.js';
import { hostName, type Target } from '../http/target.js';

/** The connection is not used again: what follows on it could be read in two ways. */
const close = ['Connection', 'close'];

/** The name of the host that is asked. @throws {Refusal} for none, two, or one that is none */
export function requestHost(request: IncomingMessage, target: Target): string {
  if (countHosts(request.rawHeaders) > 1) {
    throw new Refusal('invalid_request', 'The request has several Host headers: send one.', {
      headers: close,
    });
  }
  const host = hostName(target.authority ?? request.headers.host ?? '');
  if (host !== null) return host;
  throw new Refusal('invalid_request', 'The Host header is no host name.', { headers: close });
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name !== undefined && name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/** @throws {Refusal} for another method than GET, HEAD and OPTIONS, and for a body */
export function checkMethod({ method, headers }: IncomingMessage): void {
  const length = headers['content-length'];
  if (headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')) {
    throw new Refusal('body_not_allowed', 'The gateway takes no request with a body.', { headers: close });
  }
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  throw new Refusal('method_not_allowed', `The gateway answers GET, HEAD and OPTIONS only, not ${method}.`, {
    headers: ['Allow', 'GET, HEAD, OPTIONS'],
  });
}
