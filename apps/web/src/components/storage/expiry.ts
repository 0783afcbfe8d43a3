import type { Folder } from '@latchkey/contract/schemas/folder';
import type { Item } from '@latchkey/contract/schemas/item';
import { formatDateTime, formatRelative } from '../../lib/format.js';

export type ExpiryTone = 'none' | 'ok' | 'soon' | 'expired' | 'unknown';

export interface ExpiryText {
  /** For a column of a list: `in 6 days`, `expired`, `unknown`, `none`. */
  readonly short: string;
  /** A sentence. */
  readonly long: string;
  readonly tone: ExpiryTone;
}

const soon = 24 * 3600 * 1000;

/** What is known about the end of an item's URL. `now` in milliseconds since the epoch. */
export function describeExpiry(item: Pick<Item, 'expiresAt' | 'expiryCertainty'>, now: number): ExpiryText {
  if (item.expiresAt !== null) return dated(item.expiresAt, item.expiryCertainty, now);
  if (item.expiryCertainty === 'unknown')
    return {
      short: 'unknown',
      long: 'The URL is signed in a way that does not show when it expires.',
      tone: 'unknown',
    };
  if (item.expiryCertainty === 'malformed')
    return { short: 'unreadable', long: 'The expiry in the signed URL cannot be read.', tone: 'unknown' };
  return { short: 'none', long: 'The URL does not expire by itself.', tone: 'none' };
}

function dated(expiresAt: string, certainty: Item['expiryCertainty'], now: number): ExpiryText {
  const left = Date.parse(expiresAt) - now;
  const relative = formatRelative(expiresAt, now);
  const exact = formatDateTime(expiresAt);
  if (left <= 0)
    return { short: 'expired', long: `The URL expired ${relative}, on ${exact}.`, tone: 'expired' };
  const tone = left < soon ? 'soon' : 'ok';
  if (certainty === 'upper-bound')
    return {
      short: `${relative}, may die sooner`,
      long: `The URL expires ${relative}, on ${exact}; it dies sooner if the credentials that signed it do.`,
      tone,
    };
  return { short: relative, long: `The URL expires ${relative}, on ${exact}.`, tone };
}

const soonOfFolder = 7 * 24 * 3600 * 1000;

/** Of the items directly in a folder, the first to die; null while none is about to. */
export function describeFolderExpiry(
  { earliestExpiry }: Pick<Folder, 'earliestExpiry'>,
  now: number,
): ExpiryText | null {
  if (earliestExpiry === null) return null;
  const left = Date.parse(earliestExpiry) - now;
  if (left <= 0)
    return { short: 'has expired URLs', long: 'URLs of items in this folder have expired.', tone: 'expired' };
  if (left > soonOfFolder) return null;
  const relative = formatRelative(earliestExpiry, now);
  return {
    short: `first ${relative}`,
    long: `The first URL of an item in this folder expires ${relative}, on ${formatDateTime(earliestExpiry)}.`,
    tone: 'soon',
  };
}

export const expiryColours: Readonly<Record<ExpiryTone, string | undefined>> = {
  none: 'dimmed',
  ok: undefined,
  soon: 'orange',
  expired: 'red',
  unknown: 'dimmed',
};
