import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MeasuringSettings, readMeasuringSettings } from './measuring-settings.js';
import { type QuotaSettings, readQuotaSettings } from './quota-settings.js';
import { type RegistrationSettings, readRegistrationSettings } from './registration-settings.js';
import { type RequestSettings, readRequestSettings } from './request-settings.js';
import { ConfigError, type Environment, readCount } from './settings.js';
import { readSingleSignOnSettings, type SingleSignOnSettings } from './single-sign-on-settings.js';
import { readTracingSettings, type TracingSettings } from './tracing-settings.js';

export type Role = 'all' | 'api' | 'worker';

export interface ServerConfig
  extends RegistrationSettings,
    MeasuringSettings,
    RequestSettings,
    QuotaSettings,
    TracingSettings,
    SingleSignOnSettings {
  readonly host: string;
  readonly port: number;
  /** Where browsers and clients reach the server; null: the address it listens on. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly role: Role;
  /** How long before items of a folder expire its administrators are told; null: never. */
  readonly expiryNoticeHours: number | null;
  readonly logLevel: string;
  /** How long what was sent to webhooks can be looked at. */
  readonly webhookRetentionDays: number;
  /** Within it a receiver has to have answered. */
  readonly webhookTimeoutSeconds: number;
  /** Null: audit entries are kept for ever. */
  readonly auditRetentionDays: number | null;
  readonly admin: {
    readonly email: string;
    readonly sshPublicKey: string | null;
    readonly password: string | null;
  } | null;
}

const mostDays = 36_500;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function readConfig(environment: Environment): ServerConfig {
  const text = (name: string): string | null => environment[name]?.trim() || null;
  const dataDir = resolve(text('LATCHKEY_DATA_DIR') ?? './latchkey-data');
  const publicUrl = readUrl('LATCHKEY_PUBLIC_URL', text('LATCHKEY_PUBLIC_URL'), ['http:', 'https:']);
  const measuringSettings = readMeasuringSettings(environment);
  return {
    host: text('LATCHKEY_HOST') ?? '127.0.0.1',
    port: readPort(text('LATCHKEY_PORT')),
    publicUrl,
    dataDir,
    databaseUrl: readUrl('DATABASE_URL', text('DATABASE_URL'), ['postgres:', 'postgresql:'], true),
    role: readChoice('LATCHKEY_ROLE', text('LATCHKEY_ROLE') ?? 'all', ['all', 'api', 'worker'] as const),
    logLevel: readChoice('LATCHKEY_LOG_LEVEL', text('LATCHKEY_LOG_LEVEL') ?? 'info', logLevels),
    expiryNoticeHours:
      text('LATCHKEY_EXPIRY_NOTICE_HOURS') === 'off'
        ? null
        : readCount(environment, 'LATCHKEY_EXPIRY_NOTICE_HOURS', 24, 8760),
    webhookRetentionDays: readCount(environment, 'LATCHKEY_WEBHOOK_RETENTION_DAYS', 30, mostDays),
    webhookTimeoutSeconds: readCount(environment, 'LATCHKEY_WEBHOOK_TIMEOUT_SECONDS', 15, 60),
    auditRetentionDays: text('LATCHKEY_AUDIT_RETENTION_DAYS')
      ? readCount(environment, 'LATCHKEY_AUDIT_RETENTION_DAYS', mostDays, mostDays)
      : null,
    admin: readAdmin(
      text('LATCHKEY_ADMIN_EMAIL'),
      text('LATCHKEY_ADMIN_SSH_KEY'),
      text('LATCHKEY_ADMIN_PASSWORD'),
    ),
    ...readRegistrationSettings(environment, join(dataDir, 'spool')),
    ...measuringSettings,
    ...readRequestSettings(environment),
    ...readQuotaSettings(environment),
    ...readTracingSettings(environment),
    ...readSingleSignOnSettings(environment, { ...measuringSettings, publicUrl }),
  };
}

function readPort(value: string | null): number {
  if (value === null) return 8787;
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new ConfigError('LATCHKEY_PORT must be a port number from 0 to 65535 (0 takes a free one).');
}

function readChoice<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice) return choice;
  throw new ConfigError(`${name} must be one of ${choices.join(', ')}.`);
}

function readUrl(
  name: string,
  value: string | null,
  protocols: readonly string[],
  keepPath = false,
): string | null {
  if (value === null) return null;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new ConfigError(
      `${name} must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    );
  }
  return keepPath ? value : value.replace(/\/+$/, '');
}

function readAdmin(
  email: string | null,
  sshKey: string | null,
  password: string | null,
): ServerConfig['admin'] {
  if (email === null) {
    if (sshKey ?? password)
      throw new ConfigError('LATCHKEY_ADMIN_SSH_KEY and LATCHKEY_ADMIN_PASSWORD need LATCHKEY_ADMIN_EMAIL.');
    return null;
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new ConfigError('LATCHKEY_ADMIN_EMAIL must be an e-mail address.');
  if (password !== null && password.length < 10)
    throw new ConfigError('LATCHKEY_ADMIN_PASSWORD must have at least 10 characters.');
  return { email: email.toLowerCase(), sshPublicKey: sshKey === null ? null : readSshKey(sshKey), password };
}

function readSshKey(value: string): string {
  if (value.startsWith('ssh-')) return value;
  if (existsSync(value)) return readFileSync(value, 'utf8').trim();
  throw new ConfigError(
    'LATCHKEY_ADMIN_SSH_KEY must be an OpenSSH public key (ssh-ed25519 ...) or the path of a file with one.',
  );
}
