import type { Item } from '@latchkey/contract/schemas/item';
import { Button, Center, Loader, Stack } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { EmptyState } from '../../../components/empty-state.js';
import { ErrorNotice } from '../../../components/error-notice.js';
import { membersQuery } from '../item-queries.js';
import { MemberBrowser } from './member-browser.js';

const FramePlayer = lazy(async () => ({ default: (await import('./frame-player.js')).FramePlayer }));

/** Shows an item that has no object of its own by its members. */
export function MembersFrame({ item }: { readonly item: Item }) {
  const members = useQuery(membersQuery(item));
  if (members.isPending)
    return (
      <Center h={200}>
        <Loader aria-label="Loading the members" />
      </Center>
    );
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
  const isFrames = members.data.every(({ itemType }) => itemType === 'image');
  return (
    <Suspense fallback={<Loader aria-label="Loading the viewer" />}>
      {isFrames ? (
        <FramePlayer item={item} members={members.data} />
      ) : (
        <MemberBrowser item={item} members={members.data} />
      )}
    </Suspense>
  );
}
