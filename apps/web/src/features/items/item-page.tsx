import type { Item } from '@latchkey/contract/schemas/item';
import { Button, Stack } from '@mantine/core';
import { IconLinkOff, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { SignerNotice } from '../../components/signer-notice.js';
import { folderQuery } from '../../components/storage/folder-queries.js';
import type { ShownItem } from '../../lib/signer/fresh-urls.js';
import type { SignerProblem } from '../../lib/signer/signer-problem.js';
import { DetailsPanel } from './details-panel.js';
import { ItemHeader } from './item-header.js';
import classes from './item-page.module.css';
import { signedItemQuery } from './item-queries.js';
import { MembersFrame } from './members/members-frame.js';
import { ViewerFrame } from './viewer-frame.js';

/** `/items/:itemUuid`: the viewer to the left, what is known about the item to the right. */
export function ItemPage() {
  const itemUuid = useParams()['itemUuid'] ?? '';
  const item = useQuery(signedItemQuery(itemUuid));
  if (item.isPending) return <CenteredLoader label="Loading the item" />;
  if (!item.data)
    return (
      <>
        <PageHeader title="The item cannot be shown" />
        <Stack align="start">
          <ErrorNotice error={item.error} />
          <Button component={Link} to="/folders" variant="default">
            All folders
          </Button>
        </Stack>
      </>
    );
  return <LoadedItem key={itemUuid} item={item.data} />;
}

function LoadedItem({ item }: { item: Item }) {
  const folder = useQuery(folderQuery(item.parent));
  const canEdit = folder.data !== undefined && folder.data.folderRole !== 'viewer';
  return (
    <div className={classes['page']}>
      <div className={classes['header']}>
        <ItemHeader item={item} folder={folder.data} canEdit={canEdit} />
      </div>
      <section className={classes['viewer']} aria-label="Viewer">
        <ItemView item={item} />
      </section>
      <aside className={classes['details']} aria-label="Details">
        <DetailsPanel item={item} canEdit={canEdit} />
      </aside>
    </div>
  );
}

function ItemView({ item }: { item: ShownItem }) {
  const { signerProblem } = item;
  if (signerProblem) return <UnsignedItem item={item} problem={signerProblem} />;
  if (item.signedUrl !== null) return <ViewerFrame item={item} signedUrl={item.signedUrl} />;
  // A group of registered items may have no integration: its members have theirs.
  const isGone = item.integrationHash === null && item.itemType !== 'group';
  const hasMembers = item.url === null && !isGone;
  return hasMembers ? <MembersFrame item={item} View={ItemView} /> : <NothingToShow item={item} />;
}

/** The signer gave no URL when the page was opened. */
function UnsignedItem({ item, problem }: { item: ShownItem; problem: SignerProblem }) {
  const again = useQuery({ ...signedItemQuery(item.uuid, true), enabled: false });
  if (again.data && !again.data.signerProblem && again.data.signedUrl !== null)
    return <ViewerFrame item={again.data} signedUrl={again.data.signedUrl} />;
  return (
    <Stack>
      <SignerNotice problem={again.data?.signerProblem ?? problem} />
      <ErrorNotice error={again.error} title="No fresh URL could be fetched" />
      <div>
        <Button
          size="xs"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={again.isFetching}
          onClick={() => void again.refetch()}
        >
          Try again
        </Button>
      </div>
    </Stack>
  );
}

function NothingToShow({ item }: { item: Item }) {
  if (item.integrationHash === null)
    return (
      <EmptyState icon={<IconLinkOff size={28} />} title="The integration is gone">
        This item was registered through an integration that has been deleted, so its data can no longer be
        opened. Register the data again through another integration.
      </EmptyState>
    );
  return (
    <EmptyState icon={<IconLinkOff size={28} />} title="No URL for this item">
      You are not a member of its integration, or its URL is not available. Ask an administrator of the
      integration.
    </EmptyState>
  );
}
