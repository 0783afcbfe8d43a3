import { Group } from '@mantine/core';
import { classNames, colourOfClass, colourOfShare, isClass, rangeOf } from './colour-points.js';
import type { PointCloud } from './point-cloud.js';
import classes from './point-cloud.module.css';

const css = (colour: readonly number[]) => `rgb(${colour.join(' ')})`;
const ramp = `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map((share) => css(colourOfShare(share))).join(', ')})`;
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2, signDisplay: 'negative' });
const maxClasses = 16;

/** What the colours mean: a ramp with its ends, or the classes that occur. */
export function CloudLegend({ cloud, by }: { readonly cloud: PointCloud; readonly by: string }) {
  const range = rangeOf(cloud, by);
  if (range)
    return (
      <div className={classes['legend']} data-testid="legend">
        <Group gap={8} wrap="nowrap">
          <span>{number.format(range.min)}</span>
          <div className={classes['ramp']} style={{ background: ramp }} aria-hidden />
          <span>
            {number.format(range.max)} {by}
          </span>
        </Group>
      </div>
    );
  if (!isClass(by)) return null;
  const values = cloud.scalars.find(({ name }) => name === by)?.values ?? [];
  const found = [...new Set(values)].sort((a, b) => a - b);
  return (
    <div className={`${classes['legend']} ${classes['classes']}`} data-testid="legend">
      {found.slice(0, maxClasses).map((value) => (
        <span key={value}>
          <span className={classes['swatch']} style={{ background: css(colourOfClass(value)) }} />
          {value} {by === 'classification' && classNames[value]}
        </span>
      ))}
      {found.length > maxClasses && <span>and {found.length - maxClasses} more</span>}
    </div>
  );
}
