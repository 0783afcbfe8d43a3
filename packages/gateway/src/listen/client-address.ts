import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Address, parseAddress } from '../allow-list/address.js';
import type { AddressTable } from '../allow-list/address-table.js';

/** What PROXY protocol told of a connection, which counts instead of the address of the proxy. */
const toldAddresses = new WeakMap<Socket, string>();

export function tellAddress(socket: Socket, address: string): void {
  toldAddresses.set(socket, address);
}

/** Of the connection: null when it is closed already. */
export function peerAddress(socket: Socket): string | null {
  return toldAddresses.get(socket) ?? socket.remoteAddress ?? null;
}

/**
 * Who asks: the peer, unless that is a trusted proxy. Then the last address of `X-Forwarded-For` that is not of a
 * trusted proxy, for what stands before it was written by whoever that is. Null, which is on no list, if it cannot be
 * read.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: AddressTable): Address | null {
  const peer = parseAddress(peerAddress(request.socket) ?? '');
  if (peer === null || trustedProxies.isEmpty || !trustedProxies.has(peer)) return peer;
  let client: Address | null = peer;
  for (const hop of forwardedHops(request).reverse()) {
    client = parseHop(hop);
    if (client === null || !trustedProxies.has(client)) return client;
  }
  return client;
}

/** All headers of this name, in the order in which they came. */
function forwardedHops(request: IncomingMessage): string[] {
  const values = request.headersDistinct['x-forwarded-for'] ?? [];
  return values
    .join(',')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
}

/** Some proxies add the port. */
function parseHop(hop: string): Address | null {
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(hop) ?? [];
  const [, dotted] = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(hop) ?? [];
  return parseAddress(bracketed ?? dotted ?? hop);
}
