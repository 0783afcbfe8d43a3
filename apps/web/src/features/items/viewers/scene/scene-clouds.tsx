import type { Item } from '@latchkey/contract/schemas/item';
import { Text } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { CloudLegend } from '../point-cloud/cloud-legend.js';
import { CloudStage } from '../point-cloud/cloud-stage.js';
import { CloudTools } from '../point-cloud/cloud-tools.js';
import { colourings, colourPoints } from '../point-cloud/colour-points.js';
import { useCloudView } from '../point-cloud/use-cloud-view.js';
import viewer from '../viewers.module.css';
import { CloudLoader } from './cloud-loader.js';
import { type KeptClouds, withCloud } from './kept-clouds.js';
import classes from './scene.module.css';
import { eventAt, poseAt, type SceneStream } from './scene-streams.js';

interface SceneCloudsProps {
  readonly streams: readonly SceneStream[];
  readonly members: readonly Item[];
  readonly time: number;
  /** All clouds of the time are drawn. */
  readonly onShown: () => void;
}

/** The point clouds of a moment, each where its frame of reference stands at that moment. */
export function SceneClouds({ streams, members, time, onShown }: SceneCloudsProps) {
  const [kept, setKept] = useState<KeptClouds>(new Map());
  const [chosen, setChosen] = useState<string | null>(null);
  const [pointSize, setPointSize] = useState(2);
  const current = useMemo(() => currentClouds(streams, members, time), [streams, members, time]);
  const shown = new Set(current.map(({ member }) => member.uuid));
  const missing = current.filter(({ member }) => !kept.has(member.uuid));
  const clouds = current.flatMap(({ member }) => kept.get(member.uuid) ?? []);
  const names = [...new Set(clouds.flatMap(colourings))];
  const colouring = names.find((name) => name === chosen) ?? names[0] ?? 'height';
  const placed = useMemo(
    () =>
      current.flatMap(({ name, member, pose }) => {
        const cloud = kept.get(member.uuid);
        return cloud
          ? [{ key: `${name} ${member.uuid}`, cloud, pose, colours: colourPoints(cloud, colouring) }]
          : [];
      }),
    [current, kept, colouring],
  );
  const stage = useCloudView(placed, pointSize);
  const report = useEffectEvent(onShown);
  const isWhole = missing.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time is reported.
  useEffect(() => {
    if (isWhole) report();
  }, [isWhole, time]);
  const [first] = clouds;
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
          {pointsText(clouds)}
        </Text>
      </CloudTools>
      <CloudStage stage={stage} label="Points">
        {first && <CloudLegend cloud={first} by={colouring} />}
        <div className={classes['loaders']}>
          {missing.map(
            ({ member }) =>
              member.signedUrl !== null && (
                <CloudLoader
                  key={member.uuid}
                  member={member}
                  signedUrl={member.signedUrl}
                  onCloud={(cloud) => setKept((clouds) => withCloud(clouds, member.uuid, cloud, shown))}
                />
              ),
          )}
        </div>
      </CloudStage>
    </div>
  );
}

function currentClouds(streams: readonly SceneStream[], members: readonly Item[], time: number) {
  return streams
    .filter(({ type }) => type === 'point_cloud')
    .flatMap((stream) => {
      const event = eventAt(stream, time);
      const member = members[event?.member ?? -1];
      return event && member
        ? [{ name: stream.name, member, pose: poseAt(streams, stream, event, time) }]
        : [];
    });
}

const pointsText = (clouds: readonly { readonly count: number; readonly total: number }[]): string => {
  const sum = (key: 'count' | 'total') => clouds.reduce((all, cloud) => all + cloud[key], 0);
  const [count, total] = [sum('count'), sum('total')].map((value) => value.toLocaleString('en'));
  return count === total ? `${total} points` : `${count} of ${total} points`;
};
