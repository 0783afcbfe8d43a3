import type { Item } from '@latchkey/contract/schemas/item';
import { Switch, Text, useComputedColorScheme } from '@mantine/core';
import { IconArrowsHorizontal, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { countOf, formatCount } from '../../../../lib/format.js';
import { ToolButton } from '../tool-button.js';
import viewer from '../viewers.module.css';
import { ChannelLegend } from './channel-legend.js';
import { channelStyles, needOwnScales } from './channel-styles.js';
import { rangeOfKey, zoomedAboutMiddle, zoomStep } from './range-keys.js';
import type { Series } from './read-series.js';
import classes from './time-series.module.css';
import { timeText } from './time-text.js';
import { useChart } from './use-chart.js';
import { fullRange, type TimeRange } from './view-of.js';

const colours = {
  light: { text: '#495057', grid: '#e3e6ea' },
  dark: { text: '#c9cdd2', grid: '#565b62' },
} as const;

const toggled = (set: ReadonlySet<string>, member: string): ReadonlySet<string> =>
  set.has(member) ? new Set([...set].filter((each) => each !== member)) : new Set([...set, member]);

export function SeriesChart({ series, item }: { readonly series: Series; readonly item: Item }) {
  const styles = useMemo(() => channelStyles(series, item), [series, item]);
  const full = useMemo(() => fullRange(series), [series]);
  const [range, setRange] = useState(full);
  const [hasOwnScales, setHasOwnScales] = useState(() => needOwnScales(series));
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(styles.filter(({ isHidden }) => isHidden).map(({ heading }) => heading)),
  );
  const { isDate } = series;
  const scheme = useComputedColorScheme('light');
  const { frame, host, view, cursor, moveCursor } = useChart({
    series,
    styles,
    hidden,
    range,
    full,
    isDate,
    hasOwnScales,
    onRange: setRange,
    ...colours[scheme],
  });
  const zoom = (factor: number) => setRange(zoomedAboutMiddle(range, full, factor));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = rangeOfKey(event.key, range, full);
    if (next) setRange(next);
    else if (event.key === ',' || event.key === '.') moveCursor(event.key === ',' ? -1 : 1);
    else return;
    event.preventDefault();
  };
  const values = cursor === null ? null : view.values.map((channel) => channel[cursor]);
  const time = cursor === null ? undefined : view.times[cursor];
  return (
    <div className={viewer['viewer']}>
      <div className={viewer['toolbar']} role="toolbar" aria-label="Time series">
        <ToolButton label="Zoom out (-)" onClick={() => zoom(1 / zoomStep)}>
          <IconZoomOut size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Zoom in (+)" onClick={() => zoom(zoomStep)}>
          <IconZoomIn size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="All of it (0)" onClick={() => setRange(full)}>
          <IconArrowsHorizontal size={18} aria-hidden />
        </ToolButton>
        <Switch
          size="sm"
          label="Own scale for each channel"
          checked={hasOwnScales}
          onChange={(event) => setHasOwnScales(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed" role="status">
          {rowsText(series)}
        </Text>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own. */}
      <div
        role="group"
        aria-label="Chart: the left and right arrow keys move, plus and minus zoom, 0 shows all, comma and full stop move the cursor"
        className={`${viewer['stage']} ${classes['chart']}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above need the focus.
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div ref={frame} className={classes['host']}>
          <div ref={host} />
        </div>
      </div>
      <ChannelLegend
        styles={styles}
        hidden={hidden}
        onToggle={(heading) => setHidden(toggled(hidden, heading))}
        values={values}
      />
      <Text size="sm" c="dimmed" role="status" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {time === undefined ? rangeText(range, isDate) : `At ${timeText(time, isDate)}`}
      </Text>
    </div>
  );
}

const rangeText = ({ min, max }: TimeRange, isDate: boolean) =>
  `From ${timeText(min, isDate)} to ${timeText(max, isDate)}`;

/** What was read, and what of it is not drawn as it stands. */
export function rowsText({ rowCount, skippedCount, rowsPerPoint, leftOut }: Series): string {
  const parts = [countOf(rowCount, 'row')];
  if (skippedCount > 0) parts.push(`${formatCount(skippedCount)} without a time skipped`);
  if (rowsPerPoint > 1)
    parts.push(
      `too many to keep: the least and the largest of each ${formatCount(rowsPerPoint * 2)} are drawn`,
    );
  if (leftOut.length > 0) parts.push(`no numbers in ${leftOut.slice(0, 5).join(', ')}`);
  return parts.join(' · ');
}
