import { isIP, type Socket } from 'node:net';

/** What a header of PROXY protocol says. */
export interface ProxyHeader {
  /** Of the client; null for a connection of the proxy itself. */
  address: string | null;
  /** Of the header, in bytes. */
  length: number;
}

const SIGNATURE = Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]);
const MAX_V1_BYTES = 107;
const MAX_V2_BYTES = 16 + 4096;

/**
 * Null: more bytes are needed.
 * @throws {TypeError} for what is no header
 * @see https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt
 */
export function parseProxyHeader(bytes: Buffer): ProxyHeader | null {
  const begin = bytes.subarray(0, SIGNATURE.length);
  if (SIGNATURE.subarray(0, begin.length).equals(begin)) {
    return begin.length < SIGNATURE.length ? null : parseV2(bytes);
  }
  return parseV1(bytes);
}

function parseV1(bytes: Buffer): ProxyHeader | null {
  const text = bytes.subarray(0, MAX_V1_BYTES).toString('latin1');
  const end = text.indexOf('\r\n');
  const isPossible = 'PROXY '.startsWith(text.slice(0, 6));
  if (!isPossible || (end === -1 && text.length === MAX_V1_BYTES)) throw notAHeader();
  if (end === -1) return null;
  const [, protocol, source = ''] = text.slice(0, end).split(' ');
  if (protocol === 'UNKNOWN') return { address: null, length: end + 2 };
  const kind = protocol === 'TCP4' ? 4 : protocol === 'TCP6' ? 6 : -1;
  if (isIP(source) !== kind) throw notAHeader();
  return { address: source, length: end + 2 };
}

function parseV2(bytes: Buffer): ProxyHeader | null {
  if (bytes.length < 16) return null;
  const [versionAndCommand = 0, family = 0] = bytes.subarray(12, 14);
  const length = 16 + bytes.readUInt16BE(14);
  const command = versionAndCommand & 0x0f;
  if (versionAndCommand >> 4 !== 2 || command > 1 || length > MAX_V2_BYTES) throw notAHeader();
  if (bytes.length < length) return null;
  if (command === 0) return { address: null, length };
  const source = bytes.subarray(16, length);
  if (family === 0x11 && source.length >= 12) return { address: source.subarray(0, 4).join('.'), length };
  if (family === 0x21 && source.length >= 36) {
    const groups = Array.from({ length: 8 }, (_, index) => source.readUInt16BE(index * 2).toString(16));
    return { address: groups.join(':'), length };
  }
  throw notAHeader();
}

function notAHeader(): TypeError {
  return new TypeError('The connection does not begin with a header of PROXY protocol.');
}

const headerTimeoutMs = 5000;

/** Takes the header off a new connection. @throws {Error} for what is none, or none in time */
export function readProxyHeader(socket: Socket): Promise<ProxyHeader> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const end = (error: Error | null, header?: ProxyHeader) => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onClose).off('error', onClose);
      socket.pause();
      if (header === undefined) return reject(error ?? notAHeader());
      if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length));
      resolve(header);
    };
    const onClose = () => end(new Error('The connection was closed before its header.'));
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      try {
        const header = parseProxyHeader(bytes);
        if (header !== null) end(null, header);
      } catch (error) {
        end(error as Error);
      }
    };
    const timer = setTimeout(() => end(new Error('No header came in time.')), headerTimeoutMs);
    socket.on('data', onData).on('close', onClose).on('error', onClose);
  });
}
