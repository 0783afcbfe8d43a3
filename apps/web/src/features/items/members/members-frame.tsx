import type { Item } from '@latchkey/contract/schemas/item';
import { Button, Loader, Stack } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { CenteredLoader } from '../../../components/centered-loader.js';
import { EmptyState } from '../../../components/empty-state.js';
import { ErrorNotice } from '../../../components/error-notice.js';
import { membersQuery } from '../item-queries.js';
import type { ItemViewType } from './item-view-type.js';
import { MemberBrowser } from './member-browser.js';

const FramePlayer = lazy(async () => ({ default: (await import('./frame-player.js')).FramePlayer }));
const DicomSeriesFrame = lazy(async () => ({
  default: (await import('./dicom-series-frame.js')).DicomSeriesFrame,
}));
const GroupView = lazy(async () => ({ default: (await import('./group-view.js')).GroupView }));
const SceneView = lazy(async () => ({ default: (await import('../viewers/scene/scene-view.js')).SceneView }));

/** Shows an item that has no object of its own by its members. */
export function MembersFrame({ item, View }: { readonly item: Item; readonly View: ItemViewType }) {
  const members = useQuery(membersQuery(item));
  if (members.isPending) return <CenteredLoader label="Loading the members" height={200} />;
  if (!members.data)
    return (
      <Stack align="start">
        <ErrorNotice error={members.error} title="The members cannot be listed" />
        <Button variant="default" onClick={() => void members.refetch()}>
          Try again
        </Button>
      </Stack>
    );
  if (members.data.length === 0)
    return (
      <EmptyState icon={<IconStack2 size={28} />} title="No members">
        This item has no data of its own and no members.
      </EmptyState>
    );
  return (
    <Suspense fallback={<Loader aria-label="Loading the viewer" />}>
      <Members item={item} members={members.data} View={View} />
    </Suspense>
  );
}

function Members({ item, members, View }: { item: Item; members: readonly Item[]; View: ItemViewType }) {
  if (item.itemType === 'scene') return <SceneView item={item} members={members} />;
  if (item.itemType === 'group') return <GroupView item={item} members={members} View={View} />;
  if (members.every(({ itemType }) => itemType === 'image'))
    return <FramePlayer item={item} members={members} />;
  if (members.every(({ itemType }) => itemType === 'dicomFile'))
    return <DicomSeriesFrame item={item} members={members} />;
  return <MemberBrowser item={item} members={members} View={View} />;
}
