import { connect } from 'node:tls';
import { type Check, found } from './finding.js';

const redirectsToHttps: Check = async ({ url, send }) => {
  const plain = new URL(url);
  plain.protocol = 'http:';
  const { status, headers } = await send(plain.href);
  const location = headers.get('location') ?? '';
  return found(
    'http:// leads to https://',
    status >= 300 && status < 400 && location.startsWith('https://'),
    `${status}`,
    `http:// is answered by ${status}`,
  );
};

const refusesOldTls: Check = async ({ url }) => {
  const { hostname } = new URL(url);
  const isTaken = await new Promise<boolean>((resolve) => {
    // Level 0 lets this side offer what the other side has to refuse.
    const socket = connect({
      host: hostname,
      port: 443,
      servername: hostname,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      timeout: 10_000,
    });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('secureConnect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
  return found('TLS 1.2 is the least', !isTaken, 'TLS 1.1 is refused', 'TLS 1.1 is taken');
};

/** Of a domain on the usual ports. */
export const transportChecks: readonly Check[] = [redirectsToHttps, refusesOldTls];
