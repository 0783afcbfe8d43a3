import type { Item } from '@latchkey/contract/schemas/item';
import { useEffect, useEffectEvent } from 'react';
import { FailureNotice } from '../../failure/failure-notice.js';
import { useViewing } from '../../use-viewing.js';
import { CannotShow } from '../cannot-show.js';
import { LoadProgress } from '../loading/load-progress.js';
import type { PointCloud } from '../point-cloud/point-cloud.js';
import { usePointCloud } from '../point-cloud/use-point-cloud.js';

interface CloudLoaderProps {
  readonly member: Item;
  readonly signedUrl: string;
  readonly onCloud: (cloud: PointCloud) => void;
}

/** Loads the point cloud of one event of a stream; there until it has arrived, or says why it does not. */
export function CloudLoader({ member, signedUrl, onCloud }: CloudLoaderProps) {
  const viewing = useViewing(member, signedUrl, true);
  const { url, attempt, onReady, onFail } = viewing;
  const { cloud, problem, progress } = usePointCloud({ url, attempt, onReady, onFail });
  const give = useEffectEvent(onCloud);
  useEffect(() => {
    if (cloud) give(cloud);
  }, [cloud]);
  if (viewing.problem) return <FailureNotice problem={viewing.problem} url={url} onRetry={viewing.retry} />;
  if (problem !== null)
    return (
      <CannotShow title={`${member.name} cannot be shown`} url={url}>
        {problem}
      </CannotShow>
    );
  return <LoadProgress progress={progress} after="Reading the points" />;
}
