import { Button } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '../../components/empty-state.js';
import type { ExportedRows } from './export/use-export.js';
import { isFiltered, type Listing, listingOf, queryOf } from './listing.js';
import { ListingToolbar } from './listing-toolbar.js';
import { RowDialog, type RowDialogKind } from './row-dialog.js';
import { RowGrid } from './row-grid.js';
import { itemsOf, pathOf, type Row, siblingsOf } from './rows.js';
import { emptySelection } from './selection.js';
import { SelectionBar } from './selection-bar.js';
import { useRows } from './use-rows.js';

const ExportDialog = lazy(async () => ({
  default: (await import('./export/export-dialog.js')).ExportDialog,
}));

interface ContentsProps {
  /** Null: the top level. */
  readonly folderUuid: string | null;
  readonly canEdit: boolean;
  readonly whenEmpty: ReactNode;
}

function useListing(): [Listing, (listing: Listing) => void] {
  const [query, setQuery] = useSearchParams();
  const listing = useMemo(() => listingOf(query), [query]);
  const setListing = useCallback(
    (changed: Listing) => setQuery(queryOf(changed), { replace: true }),
    [setQuery],
  );
  return [listing, setListing];
}

/** The list of a folder with its search, its selection and its dialogs. */
export function Contents({ folderUuid, canEdit, whenEmpty }: ContentsProps) {
  const [listing, setListing] = useListing();
  const [selection, setSelection] = useState(emptySelection);
  const [dialog, setDialog] = useState<{ kind: RowDialogKind; rows: readonly Row[] } | null>(null);
  const [exported, setExported] = useState<ExportedRows | null>(null);
  const list = useRows(folderUuid, listing);
  const navigate = useNavigate();
  const selected = useMemo(
    () => list.rows.filter((row) => selection.keys.has(row.key)),
    [list.rows, selection.keys],
  );
  const open = (row: Row) =>
    void navigate(pathOf(row), {
      state: row.kind === 'item' ? { siblings: siblingsOf(list.rows, row.item.uuid) } : null,
    });
  const change = (changed: Listing) => {
    setSelection(emptySelection);
    setListing(changed);
  };
  const clear = () => change({ ...listing, search: '', types: [], expiry: null, isRecursive: false });
  const isEmpty = !list.isPending && !list.error && list.rows.length === 0;
  return (
    <>
      <ListingToolbar
        listing={listing}
        onChange={change}
        isTopLevel={folderUuid === null}
        onExport={folderUuid === null ? null : () => setExported({ kind: 'folder', folderUuid, listing })}
      />
      <SelectionBar
        rows={selected}
        canEdit={canEdit}
        onClear={() => setSelection(emptySelection)}
        onAction={(kind) => setDialog({ kind, rows: selected })}
        onExport={() => setExported({ kind: 'items', items: itemsOf(selected) })}
      />
      {isEmpty && isFiltered(listing) && <NothingFound listing={listing} onClear={clear} />}
      {isEmpty && !isFiltered(listing) && whenEmpty}
      {!isEmpty && (
        <RowGrid
          list={list}
          listing={listing}
          onListingChange={change}
          selection={selection}
          onSelectionChange={setSelection}
          canEdit={canEdit}
          onOpen={open}
          onAction={(kind, rows) => setDialog({ kind, rows })}
        />
      )}
      {exported && (
        <Suspense>
          <ExportDialog rows={exported} onClose={() => setExported(null)} />
        </Suspense>
      )}
      {dialog && (
        <RowDialog
          {...dialog}
          onClose={() => setDialog(null)}
          onDeleted={() => setSelection(emptySelection)}
          onMoved={() => setSelection(emptySelection)}
        />
      )}
    </>
  );
}

function NothingFound({ listing, onClear }: { listing: Listing; onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconSearch size={28} />}
      title="Nothing found"
      action={
        <Button variant="default" leftSection={<IconFilterOff size={16} aria-hidden />} onClick={onClear}>
          Clear search and filter
        </Button>
      }
    >
      {listing.isRecursive
        ? 'Nothing here or below fits the search and the filters.'
        : 'Nothing directly in here fits. Tick the box beside the search to look further down as well.'}
    </EmptyState>
  );
}
