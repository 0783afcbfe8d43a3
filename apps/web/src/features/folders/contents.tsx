import { Button, Loader } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '../../components/empty-state.js';
import type { ExportedRows } from './export/use-export.js';
import { isFiltered, type Listing, listingOf, queryOf, type View, viewOf } from './listing.js';
import { ListingToolbar } from './listing-toolbar.js';
import type { MatchingAction } from './matching/matching-action.js';
import { MatchingBar } from './matching/matching-bar.js';
import { RowDialog, type RowDialogKind } from './row-dialog.js';
import { RowGrid } from './row-grid.js';
import { itemsOf, pathOf, type Row, siblingsOf } from './rows.js';
import { emptySelection, type Selection } from './selection.js';
import { SelectionBar } from './selection-bar.js';
import { useRows } from './use-rows.js';

const ExportDialog = lazy(async () => ({
  default: (await import('./export/export-dialog.js')).ExportDialog,
}));

const MetadataFilter = lazy(async () => ({
  default: (await import('./metadata-filter/metadata-filter.js')).MetadataFilter,
}));
const TileGrid = lazy(async () => ({ default: (await import('./tiles/tile-grid.js')).TileGrid }));
const MatchingDialog = lazy(async () => ({
  default: (await import('./matching/matching-dialog.js')).MatchingDialog,
}));

/** What is done with all items that match, where a row that is one of them is acted on. */
const matchingActions: Readonly<Partial<Record<RowDialogKind, MatchingAction>>> = {
  move: 'move',
  delete: 'delete',
  metadata: 'metadata',
  dataset: 'add-to-dataset',
};

interface ContentsProps {
  /** Null: the top level. */
  readonly folderUuid: string | null;
  readonly canEdit: boolean;
  readonly whenEmpty: ReactNode;
}

/** The list and how it is drawn, as they stand in the address. */
function useListing() {
  const [query, setQuery] = useSearchParams();
  const listing = useMemo(() => listingOf(query), [query]);
  const view = viewOf(query);
  const set = useCallback(
    (changed: Listing, changedView: View) => setQuery(queryOf(changed, changedView), { replace: true }),
    [setQuery],
  );
  return { listing, view, set };
}

/** The list of a folder with its search, its selection and its dialogs. */
export function Contents({ folderUuid, canEdit, whenEmpty }: ContentsProps) {
  const { listing, view, set } = useListing();
  const [selection, setSelection] = useState(emptySelection);
  const [dialog, setDialog] = useState<{ kind: RowDialogKind; rows: readonly Row[] } | null>(null);
  const [exported, setExported] = useState<ExportedRows | null>(null);
  const [isAllMatching, setAllMatching] = useState(false);
  const [matchingDialog, setMatchingDialog] = useState<MatchingAction | null>(null);
  const list = useRows(folderUuid, listing);
  const navigate = useNavigate();
  const selected = useMemo(
    () => list.known.filter((row) => selection.keys.has(row.key)),
    [list.known, selection.keys],
  );
  const open = (row: Row) =>
    void navigate(pathOf(row), {
      state: row.kind === 'item' ? { siblings: siblingsOf(list.rows, row.item.uuid) } : null,
    });
  const select = (changed: Selection) => {
    setAllMatching(false);
    setSelection(changed);
  };
  const change = (changed: Listing) => {
    select(emptySelection);
    set(changed, view);
  };
  const clear = () =>
    change({ ...listing, search: '', types: [], expiry: null, metadata: [], isRecursive: false });
  const act = (kind: RowDialogKind, rows: readonly Row[]) => {
    const isForAll = isAllMatching && rows.length > 1;
    const matchingKind = isForAll ? matchingActions[kind] : undefined;
    if (matchingKind) setMatchingDialog(matchingKind);
    else setDialog({ kind, rows });
  };
  const exportAll = () => folderUuid !== null && setExported({ kind: 'folder', folderUuid, listing });
  const hasMoreItems = folderUuid !== null && list.hasMore && itemsOf(selected).length > 0;
  const isWholeLoaded = list.rows.length > 0 && list.rows.every(({ key }) => selection.keys.has(key));
  const Grid = view === 'tiles' ? TileGrid : RowGrid;
  const isEmpty = !list.isPending && !list.error && list.rows.length === 0;
  return (
    <>
      <ListingToolbar
        listing={listing}
        onChange={change}
        view={view}
        onViewChange={(changed) => set(listing, changed)}
        isTopLevel={folderUuid === null}
        onExport={folderUuid === null ? null : exportAll}
      />
      <Suspense>
        <MetadataFilter
          conditions={listing.metadata}
          onChange={(metadata) => change({ ...listing, metadata })}
        />
      </Suspense>
      {isAllMatching ? (
        <MatchingBar
          canEdit={canEdit}
          onClear={() => select(emptySelection)}
          onAction={setMatchingDialog}
          onExport={exportAll}
        />
      ) : (
        <SelectionBar
          rows={selected}
          canEdit={canEdit}
          onClear={() => select(emptySelection)}
          onAction={(kind) => setDialog({ kind, rows: selected })}
          onExport={() => setExported({ kind: 'items', items: itemsOf(selected) })}
          onSelectMatching={hasMoreItems && isWholeLoaded ? () => setAllMatching(true) : null}
        />
      )}
      {isEmpty && isFiltered(listing) && <NothingFound listing={listing} onClear={clear} />}
      {isEmpty && !isFiltered(listing) && whenEmpty}
      {!isEmpty && (
        <Suspense fallback={<Loader aria-label="Loading" />}>
          <Grid
            list={list}
            listing={listing}
            onListingChange={change}
            selection={selection}
            onSelectionChange={select}
            canEdit={canEdit}
            onOpen={open}
            onAction={act}
          />
        </Suspense>
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
          onDeleted={() => select(emptySelection)}
          onMoved={() => select(emptySelection)}
        />
      )}
      {matchingDialog && folderUuid !== null && (
        <Suspense>
          <MatchingDialog
            kind={matchingDialog}
            matching={{ folderUuid, listing }}
            onClose={() => setMatchingDialog(null)}
            onDone={() => select(emptySelection)}
          />
        </Suspense>
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
