import { getItem } from '@latchkey/contract/routes/items';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ErrorNotice } from '../../components/error-notice.js';
import { SignerNotice } from '../../components/signer-notice.js';
import { transport } from '../../lib/api.js';
import { mediaFamilyOf } from '../../lib/media-family.js';
import type { ShownItem } from '../../lib/signer/fresh-urls.js';
import { freshened } from '../../lib/signer/page-desk.js';
import { AccessResult } from './access-result.js';
import { checkItemAccess } from './check-access.js';

/** Checks at once whether this browser can open an item. */
export function ItemAccess({ itemUuid }: { readonly itemUuid: string }) {
  const item = useQuery({
    queryKey: ['access', 'item', itemUuid],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<ShownItem> => {
      const item = await transport.call(getItem, { params: { itemUuid }, query: { signUrl: true }, signal });
      const [shown = item] = await freshened([item], signal);
      return shown;
    },
  });
  const url = item.data?.signedUrl ?? null;
  const report = useQuery({
    queryKey: ['access', 'report', itemUuid, url],
    enabled: url !== null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) => {
      if (!item.data || url === null) throw new Error('The item has no URL.');
      const { itemType, freshUntil } = item.data;
      const expiresAt = freshUntil === undefined ? item.data.expiresAt : new Date(freshUntil).toISOString();
      return checkItemAccess({ url, family: mediaFamilyOf(itemType), expiresAt }, signal);
    },
  });
  if (item.isPending) return <Loader aria-label="Loading the item" />;
  if (!item.data) return <ErrorNotice error={item.error} title="The item could not be loaded" />;
  return (
    <Stack>
      <Group justify="space-between">
        <Text>
          <Link to={`/items/${itemUuid}`}>{item.data.name}</Link>
        </Text>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={url === null || report.isFetching}
          onClick={() => void item.refetch().then(() => report.refetch())}
        >
          Check again
        </Button>
      </Group>
      {item.data.signerProblem && <SignerNotice problem={item.data.signerProblem} />}
      {url === null ? (
        <Text>
          This item has no URL of its own that you may open. Open one of its members, and check the access to
          that.
        </Text>
      ) : (
        <AccessResult report={report} />
      )}
    </Stack>
  );
}
