import { LatchkeyError } from '@latchkey/contract/errors';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { AppContext } from '../context.js';
import { publicOrigin } from '../http/public-origin.js';

export interface RelyingParty {
  /** The host name that passkeys are bound to. */
  readonly id: string;
  readonly origin: string;
}

/** What passkeys are made for and answer to: the public address of this server. */
export const relyingPartyOf = (context: AppContext, request: FastifyRequest): RelyingParty =>
  toRelyingParty(publicOrigin(context, request));

/**
 * Throws `passkey_needs_https` and `passkey_needs_host_name` for an address at which browsers have no passkeys: they are
 * there in secure contexts, for domains (Web Authentication, 5.1.3).
 */
export function toRelyingParty(address: string): RelyingParty {
  if (!URL.canParse(address)) throw new LatchkeyError('passkey_needs_host_name');
  const { protocol, hostname, origin } = new URL(address);
  if (protocol !== 'https:' && !isThisMachine(hostname)) throw new LatchkeyError('passkey_needs_https');
  if (isAddress(hostname)) throw new LatchkeyError('passkey_needs_host_name');
  return { id: hostname, origin };
}

const plain = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
const isAddress = (hostname: string): boolean => ipaddr.isValid(plain(hostname));

/** Browsers take these for secure without https. */
function isThisMachine(hostname: string): boolean {
  if (isAddress(hostname)) return ipaddr.process(plain(hostname)).range() === 'loopback';
  return /(?:^|\.)localhost$/.test(hostname);
}
