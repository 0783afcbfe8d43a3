import uPlot from 'uplot';
import type { ChannelStyle } from './channel-styles.js';
import type { TimeRange } from './view-of.js';

export interface ChartWishes {
  readonly styles: readonly ChannelStyle[];
  readonly isDate: boolean;
  readonly hasOwnScales: boolean;
  readonly text: string;
  readonly grid: string;
  readonly onRange: (range: TimeRange) => void;
  readonly onAll: () => void;
  /** The index among the points that are drawn, or null. */
  readonly onCursor: (index: number | null) => void;
}

const scaleOf = (at: number, hasOwnScales: boolean): string => (hasOwnScales ? `y${at}` : 'y');

export function chartOptions(wishes: ChartWishes, width: number, height: number): uPlot.Options {
  const { styles, isDate, hasOwnScales, text, grid } = wishes;
  const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  // With scales of their own one axis would be true for one channel only; the values stand in the legend.
  const valueAxes: uPlot.Axis[] = hasOwnScales ? [] : [{ ...axis, scale: 'y', size: 64 }];
  return {
    width,
    height,
    legend: { show: false },
    // Dates are shown in UTC, as they are read.
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: { x: { time: isDate, auto: false } },
    axes: [axis, ...valueAxes],
    series: [{}, ...styles.map((style, at) => seriesOf(style, scaleOf(at, hasOwnScales)))],
    cursor: {
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          wishes.onAll();
          return null;
        },
      },
    },
    hooks: {
      setSelect: [
        (chart) => {
          const { left, width: pixels } = chart.select;
          if (pixels < 3) return;
          wishes.onRange({ min: chart.posToVal(left, 'x'), max: chart.posToVal(left + pixels, 'x') });
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [({ cursor }) => wishes.onCursor(cursor.idx ?? null)],
    },
  };
}

function seriesOf({ label, color, isHidden, style, lineWidth, pointRadius }: ChannelStyle, scale: string) {
  const isPoints = style === 'points';
  const series: uPlot.Series = {
    label,
    scale,
    show: !isHidden,
    stroke: color,
    width: isPoints ? 0 : lineWidth,
  };
  if (!isPoints) return series;
  return {
    ...series,
    paths: () => null,
    points: { show: true, size: pointRadius * 2, fill: color, stroke: color },
  };
}
