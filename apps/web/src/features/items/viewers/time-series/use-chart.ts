import { useElementSize } from '@mantine/hooks';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type ChartWishes, chartOptions } from './chart-options.js';
import type { Series } from './read-series.js';
import { type TimeRange, viewOf, zoomedRange } from './view-of.js';

interface ChartState extends Omit<ChartWishes, 'onRange' | 'onAll' | 'onCursor'> {
  readonly series: Series;
  readonly range: TimeRange;
  readonly full: TimeRange;
  readonly hidden: ReadonlySet<string>;
  readonly onRange: (range: TimeRange) => void;
}

/** A chart in the element that gets the ref; `cursor` is the place in `view` under the cursor. */
export function useChart(state: ChartState) {
  const { series, range, full, hidden, styles, isDate, hasOwnScales, text, grid } = state;
  const { ref: frame, width, height } = useElementSize();
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<uPlot | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const buckets = Math.max(100, Math.round(width));
  const view = useMemo(() => viewOf(series, range, buckets), [series, range, buckets]);
  const changeRange = useEffectEvent((next: TimeRange) => state.onRange(next));
  const showAll = useEffectEvent(() => state.onRange(full));
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!chart) return;
    event.preventDefault();
    const about = chart.posToVal(event.clientX - chart.over.getBoundingClientRect().left, 'x');
    state.onRange(zoomedRange(range, full, Math.exp(-event.deltaY * 0.002), about));
  });
  const hasSize = width > 0 && height > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size and the data of the start are those of the time.
  useEffect(() => {
    if (!hasSize || !host.current) return;
    const wishes: ChartWishes = {
      styles,
      isDate,
      hasOwnScales,
      text,
      grid,
      onRange: (next) => changeRange(next),
      onAll: () => showAll(),
      onCursor: setCursor,
    };
    const created = new uPlot(
      chartOptions(wishes, width, height),
      [[], ...styles.map(() => [])],
      host.current,
    );
    const listening = new AbortController();
    // Not passive: the page must not scroll meanwhile.
    created.over.addEventListener('wheel', (event) => onWheel(event), {
      passive: false,
      signal: listening.signal,
    });
    setChart(created);
    return () => {
      listening.abort();
      created.destroy();
      setChart(null);
    };
  }, [hasSize, styles, isDate, hasOwnScales, text, grid]);
  useEffect(() => {
    if (hasSize) chart?.setSize({ width, height });
  }, [chart, hasSize, width, height]);
  useEffect(() => {
    chart?.batch(() => {
      chart.setData([view.times, ...view.values], false);
      styles.forEach(({ heading }, at) => {
        chart.setSeries(at + 1, { show: !hidden.has(heading) });
      });
      chart.setScale('x', range);
    });
  }, [chart, view, range, styles, hidden]);
  const moveCursor = (step: number) => {
    if (!chart || view.times.length === 0) return;
    const inRange = (index: number) => {
      const time = view.times[index] ?? Number.NaN;
      return time >= range.min && time <= range.max;
    };
    const start = cursor ?? view.times.findIndex((_, index) => inRange(index));
    const next = Math.min(Math.max(start + (cursor === null ? 0 : step), 0), view.times.length - 1);
    if (!inRange(next)) return;
    chart.setCursor({ left: chart.valToPos(view.times[next] ?? 0, 'x'), top: chart.over.clientHeight / 2 });
  };
  return { frame, host, view, cursor, moveCursor };
}
