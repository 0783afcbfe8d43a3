import { CannotShow } from '../cannot-show.js';
import { LoadProgress } from '../loading/load-progress.js';
import type { ViewerProps } from '../viewer-props.js';
import viewer from '../viewers.module.css';
import { SeriesChart } from './series-chart.js';
import { useTimeSeries } from './use-time-series.js';

/** A CSV file of channels over time. */
export function TimeSeriesViewer(props: ViewerProps) {
  const { series, problem, progress } = useTimeSeries(props);
  if (problem !== null)
    return (
      <CannotShow title="The time series cannot be shown" url={props.url}>
        {problem}
      </CannotShow>
    );
  if (series) return <SeriesChart series={series} item={props.item} />;
  return (
    <div className={viewer['viewer']}>
      <div className={viewer['stage']}>
        <div className={viewer['loading']}>
          <LoadProgress progress={progress} after="Reading the rows" />
        </div>
      </div>
    </div>
  );
}
