import type { Item } from '@latchkey/contract/schemas/item';
import type { Series } from './read-series.js';

export interface ChannelStyle {
  readonly heading: string;
  readonly label: string;
  readonly color: string;
  readonly isHidden: boolean;
  readonly style: 'line' | 'points';
  readonly lineWidth: number;
  readonly pointRadius: number;
}

/** Told apart on light and on dark. */
const palette = [
  '#2f8fe0',
  '#e8590c',
  '#2f9e44',
  '#c2255c',
  '#8a63d2',
  '#0c9aa5',
  '#b08800',
  '#e64980',
  '#6c8f1d',
  '#868e96',
];

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

/** How each channel is drawn: as the manifest's `settings.channels` says, which was checked when it was registered. */
export function channelStyles(series: Series, { mediaDetails }: Pick<Item, 'mediaDetails'>): ChannelStyle[] {
  const given = objectOf(objectOf(objectOf(mediaDetails)['settings'])['channels']);
  const taken = new Set(Object.values(given).map((channel) => objectOf(channel)['color']));
  const free = palette.filter((colour) => !taken.has(colour));
  return series.channels.map(({ heading }, at) => {
    const { label, color, hidden, style, lineWidth, pointRadius } = objectOf(given[heading]);
    return {
      heading,
      label: typeof label === 'string' && label !== '' ? label : heading,
      color: typeof color === 'string' ? color : (free[at % free.length] ?? '#868e96'),
      isHidden: hidden === true,
      style: style === 'points' ? 'points' : 'line',
      lineWidth: typeof lineWidth === 'number' ? lineWidth : 1.5,
      pointRadius: typeof pointRadius === 'number' ? pointRadius : 2,
    };
  });
}

/** Whether channels differ so much in size that one scale would flatten some of them. */
export function needOwnScales({ channels }: Series): boolean {
  const spans = channels.map(({ values }) => spanOf(values)).filter(({ min, max }) => max > min);
  if (spans.length < 2) return false;
  const whole = Math.max(...spans.map(({ max }) => max)) - Math.min(...spans.map(({ min }) => min));
  return spans.some(({ min, max }) => (max - min) * 20 < whole);
}

function spanOf(values: Float64Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
