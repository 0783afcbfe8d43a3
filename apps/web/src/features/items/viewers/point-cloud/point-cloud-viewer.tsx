import { Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatCount } from '../../../../lib/format.js';
import { CannotShow } from '../cannot-show.js';
import { LoadProgress } from '../loading/load-progress.js';
import type { ViewerProps } from '../viewer-props.js';
import viewer from '../viewers.module.css';
import { CloudLegend } from './cloud-legend.js';
import { CloudStage } from './cloud-stage.js';
import { CloudTools } from './cloud-tools.js';
import { colourings, colourPoints } from './colour-points.js';
import type { PointCloud } from './point-cloud.js';
import { useCloudView } from './use-cloud-view.js';
import { usePointCloud } from './use-point-cloud.js';

/** One point cloud: PCD, PLY, LAS or LAZ. */
export function PointCloudViewer(props: ViewerProps) {
  const { progress, cloud, problem } = usePointCloud(props);
  const [chosen, setChosen] = useState<string | null>(null);
  const [pointSize, setPointSize] = useState(2);
  const names = cloud ? colourings(cloud) : [];
  const colouring = names.find((name) => name === chosen) ?? names[0] ?? 'height';
  const clouds = useMemo(
    () => (cloud ? [{ key: 'cloud', cloud, pose: null, colours: colourPoints(cloud, colouring) }] : []),
    [cloud, colouring],
  );
  const stage = useCloudView(clouds, pointSize);
  if (problem !== null)
    return (
      <CannotShow title="The point cloud cannot be shown" url={props.url}>
        {problem}
      </CannotShow>
    );
  return (
    <div className={viewer['viewer']}>
      <CloudTools
        view={stage.view}
        colourings={names}
        colouring={colouring}
        onColouring={setChosen}
        pointSize={pointSize}
        onPointSize={setPointSize}
      >
        <Text size="sm" c="dimmed" role="status">
          {cloud && countText(cloud)}
        </Text>
      </CloudTools>
      <CloudStage stage={stage} label="Points">
        {!cloud && (
          <div className={viewer['loading']}>
            <LoadProgress progress={progress} after="Reading the points" />
          </div>
        )}
        {cloud && <CloudLegend cloud={cloud} by={colouring} />}
      </CloudStage>
    </div>
  );
}

/** How many points are drawn, and of how many where some are left out. */
export function countText({ count, total, format }: PointCloud): string {
  const points = count === total ? `${formatCount(total)} points` : thinnedText(count, total);
  return `${points} · ${format}`;
}

const thinnedText = (count: number, total: number) =>
  `${formatCount(count)} of ${formatCount(total)} points: the others are left out to keep the page responsive, or have no place`;
