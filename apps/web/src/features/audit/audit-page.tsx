import { listAuditLog } from '@latchkey/contract/routes/audit';
import { Button, Group } from '@mantine/core';
import { IconFilterOff, IconHistory, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { transport } from '../../lib/api.js';
import { AuditActions } from './audit-actions.js';
import { filterOf, isFiltered, problemsOf, toQuery, toSearch } from './audit-filter.js';
import { AuditFilterBar } from './audit-filter-bar.js';
import { AuditTable } from './audit-table.js';

const pageSize = 100;

/** Who did what, newest first. */
export function AuditPage() {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => filterOf(search), [search]);
  const isSound = Object.keys(problemsOf(filter)).length === 0;
  const log = useInfiniteQuery({
    queryKey: ['audit-log', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      transport.call(listAuditLog, {
        query: { ...toQuery(filter), pageSize, pageToken: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.nextPageToken ?? undefined,
    enabled: isSound,
    // A filter that is typed does not blank the list.
    placeholderData: keepPreviousData,
  });
  const entries = log.data?.pages.flatMap((page) => page.results) ?? [];
  const clear = () => setSearch({}, { replace: true });
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who signed in, changed, registered, exported or was handed what, and what was refused. Entries cannot be changed or deleted."
        actions={<AuditActions filter={filter} />}
      />
      <AuditFilterBar
        filter={filter}
        actions={entries.map(({ action }) => action)}
        onChange={(changed) => setSearch(toSearch(changed), { replace: true })}
      />
      <ErrorNotice error={log.error} title="The audit log could not be loaded" />
      {log.isPending && isSound && <CenteredLoader label="Loading the audit log" />}
      {log.isSuccess && entries.length === 0 && <Nothing isFiltered={isFiltered(filter)} onClear={clear} />}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {log.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Older entries
          </Button>
        </Group>
      )}
    </>
  );
}

function Nothing(props: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  if (!props.isFiltered)
    return (
      <EmptyState icon={<IconHistory size={28} />} title="Nothing happened yet">
        What people and programs do here is listed from now on.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<IconSearch size={28} />}
      title="No entry fits"
      action={
        <Button
          variant="default"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={props.onClear}
        >
          Clear the filter
        </Button>
      }
    >
      Loosen the filter, or clear it.
    </EmptyState>
  );
}
