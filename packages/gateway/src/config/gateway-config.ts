import type { AddressTable } from '../allow-list/address-table.js';
import type { AllowedOrigins } from '../http/cors.js';
import type { Ttl } from '../http/freshness.js';
import type { OriginConfig } from './origin-config.js';
import type { ListenAddress } from './values.js';

/** Checked, with secrets read. Never logged. */
export interface GatewayConfig {
  listen: ListenerConfig[];
  /** Null: no listener for health and metrics. */
  admin: ListenAddress | null;
  allow: AddressTable;
  /** How many ranges the list has. */
  allowCount: number;
  trustedProxies: AddressTable;
  cache: CacheConfig;
  sites: SiteConfig[];
  log: { level: LogLevel; requests: boolean };
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface ListenerConfig {
  address: ListenAddress;
  /** Null: plain HTTP. The first is used where no name fits. */
  certificates: Certificate[] | null;
  redirectToHttps: boolean;
  /** Each connection has to begin with a header of PROXY protocol. */
  proxyProtocol: boolean;
}

/** In PEM. */
export interface Certificate {
  certificate: string;
  key: string;
}

export interface CacheConfig {
  directory: string;
  maxBytes: number;
  maxMemoryBytes: number;
  maxObjects: number;
  maxObjectBytes: number;
}

/** One bucket under one or more host names. */
export interface SiteConfig {
  /** In lower case, without port. */
  hosts: string[];
  origin: OriginConfig;
  corsOrigins: AllowedOrigins;
  /** 0: the origin is asked each time. */
  ttl: Ttl;
  /** How long browsers may use their own copy. */
  browserTtlMs: number;
  queryParameters: string[];
  /** Until the origin answers, and between two pieces of an answer. */
  timeoutMs: number;
  connections: number;
}
