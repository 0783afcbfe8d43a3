import { wrongType } from './text-fields.js';
import { isObject, UnitRefusal } from './unit.js';

const maxChannels = 100;
const styles = ['line', 'points'];

/** `settings` of a time series: how the viewer draws its channels, by the heading of their column. */
export function readTimeSeriesSettings(value: unknown): Record<string, unknown> | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw wrongType('settings', 'an object', value);
  const { channels } = value;
  if (channels === undefined || channels === null) return null;
  if (!isObject(channels)) throw wrongType('settings.channels', 'an object', channels);
  const headings = Object.keys(channels);
  if (headings.length > maxChannels)
    throw wrong(
      'settings.channels',
      `"channels" names ${headings.length} columns; at most ${maxChannels} are allowed.`,
    );
  for (const heading of headings) checkChannel(heading, channels[heading]);
  return { settings: { channels } };
}

function checkChannel(heading: string, channel: unknown): void {
  const field = `settings.channels.${heading.slice(0, 60)}`;
  if (!isObject(channel)) throw wrongType(field, 'an object', channel);
  const { label, color, hidden, style, lineWidth, pointRadius } = channel;
  if (label !== undefined && typeof label !== 'string') throw wrongType(`${field}.label`, 'a string', label);
  if (
    color !== undefined &&
    !(typeof color === 'string' && /^#(?:[\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i.test(color))
  )
    throw wrong(`${field}.color`, '"color" must be "#" with 3, 6 or 8 hexadecimal digits.');
  if (hidden !== undefined && typeof hidden !== 'boolean')
    throw wrongType(`${field}.hidden`, 'true or false', hidden);
  if (style !== undefined && !styles.includes(style as string))
    throw wrong(`${field}.style`, `"style" must be one of ${styles.join(', ')}.`);
  checkNumber(`${field}.lineWidth`, lineWidth, 0.5, 6);
  checkNumber(`${field}.pointRadius`, pointRadius, 1, 8);
}

function checkNumber(field: string, value: unknown, least: number, most: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || value < least || value > most)
    throw wrong(field, `"${field}" must be a number from ${least} to ${most}.`);
}

function wrong(field: string, message: string): UnitRefusal {
  return new UnitRefusal({ code: 'unit_wrong_type', message, field });
}
