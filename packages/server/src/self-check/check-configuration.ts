import type { ServerConfig } from '../config/environment.js';
import { type Finding, ok, warning } from './check-result.js';

const loopbackHosts: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Settings that the server starts with, and that do others harm. */
export function checkConfiguration({ host, port, publicUrl, role }: ServerConfig): Finding {
  if (role === 'worker') return ok('a worker, which listens on no address');
  const isLocal = loopbackHosts.includes(host);
  if (publicUrl === null) {
    if (isLocal) return ok(`role ${role}, for this machine alone, on port ${port}`);
    return warning(
      'The server listens for other machines, and does not know the address by which they reach it.',
      'Set LATCHKEY_PUBLIC_URL to that address: links and the CORS set-up name it.',
    );
  }
  const url = new URL(publicUrl);
  if (url.protocol === 'http:' && !loopbackHosts.includes(url.hostname.replace(/^\[|\]$/g, '')))
    return warning(
      'People reach the server over http, so their sessions and signed URLs can be read on the way.',
      'Put a proxy with TLS in front (docs/deployment.md), and set LATCHKEY_PUBLIC_URL to its https address.',
    );
  return ok(`role ${role}, reached at ${url.origin}`);
}
