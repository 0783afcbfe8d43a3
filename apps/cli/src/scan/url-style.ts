import { escapeKey } from '@latchkey/locator/presign/bucket-address';
import type { ObjectStore } from '@latchkey/object-store/object-store';
import { CommandError } from '../command-error.js';

export interface UrlStyleOptions {
  /** As given: `7d`, `12h`, `30m` or seconds. */
  readonly expiresIn?: string | undefined;
  readonly unsigned: boolean;
  /** What serves the objects without signatures: `https://media.acme.com`. */
  readonly gateway?: string | undefined;
}

/** How a manifest gives the URLs of its objects. */
export interface UrlStyle {
  readonly urlOf: (key: string) => Promise<string>;
  /** Null: they carry no signature. */
  readonly expiresInSeconds: number | null;
}

const DEFAULT_SECONDS = 7 * 86_400;
const SECONDS_OF = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** @throws CommandError `invalid_option` */
export function chooseUrlStyle(store: ObjectStore, options: UrlStyleOptions): UrlStyle {
  const { expiresIn, unsigned, gateway } = options;
  const given = [
    expiresIn !== undefined && '--expires-in',
    unsigned && '--unsigned',
    gateway !== undefined && '--gateway',
  ];
  const named = given.filter((option) => option !== false);
  if (named.length > 1) throw invalid(`${named.join(' and ')} exclude each other.`, 'Give one of them.');
  if (gateway !== undefined) {
    const base = baseOf(gateway);
    return { urlOf: async (key) => `${base}/${escapeKey(key)}`, expiresInSeconds: null };
  }
  if (unsigned) return { urlOf: async (key) => store.objectUrl(key), expiresInSeconds: null };
  const seconds = lifetime(store, expiresIn);
  return { urlOf: (key) => store.presign(key, seconds), expiresInSeconds: seconds };
}

function baseOf(gateway: string): string {
  if (/^https?:\/\/[^/?#]+[^?#]*$/i.test(gateway)) return gateway.replace(/\/$/, '');
  throw invalid('--gateway is no address.', 'Give https://host, or https://host/path, without a query.');
}

function lifetime({ maxExpirySeconds }: ObjectStore, expiresIn: string | undefined): number {
  if (maxExpirySeconds === null) {
    throw invalid(
      'URLs of this store cannot be signed with what there is.',
      'Add --unsigned for URLs without a signature, or give credentials that can sign.',
    );
  }
  if (expiresIn === undefined) return Math.min(DEFAULT_SECONDS, maxExpirySeconds);
  const [, number, unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(expiresIn) ?? [];
  const seconds = Number(number) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
  if (seconds >= 1 && seconds <= maxExpirySeconds) return seconds;
  throw invalid(
    `--expires-in ${expiresIn} is not what this store can sign for.`,
    `Give a time such as 12h or 7d; the most is ${durationText(maxExpirySeconds)}.`,
  );
}

/** `7 days`, `6 days 23 h 45 min`. */
export function durationText(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), ' days'],
    [Math.floor((seconds % 86_400) / 3600), ' h'],
    [Math.floor((seconds % 3600) / 60), ' min'],
    [seconds % 60, ' s'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${count === 1 && unit === ' days' ? ' day' : unit}`)
    .join(' ');
}

const invalid = (message: string, hint: string): CommandError =>
  new CommandError('invalid_option', message, hint);
