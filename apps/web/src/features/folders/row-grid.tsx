import { Button, Group, Loader, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { countOf } from '../../lib/format.js';
import { useNow } from '../../lib/use-now.js';
import classes from './folders.module.css';
import { GridHeader } from './grid-header.js';
import { GridRow } from './grid-row.js';
import type { Listing } from './listing.js';
import type { RowDialogKind } from './row-dialog.js';
import { useStableHandlers } from './row-handlers.js';
import { type RowCommand, rowCommand, rowMove } from './row-keys.js';
import type { Row } from './rows.js';
import { emptySelection, extendedTo, type Selection, toggled, toggledAll } from './selection.js';
import type { RowList } from './use-rows.js';

export interface RowGridProps {
  readonly list: RowList;
  readonly listing: Listing;
  readonly onListingChange: (listing: Listing) => void;
  readonly selection: Selection;
  readonly onSelectionChange: (selection: Selection) => void;
  readonly canEdit: boolean;
  readonly onOpen: (row: Row) => void;
  readonly onAction: (kind: RowDialogKind, rows: readonly Row[]) => void;
}

const rowHeight = 38;
/** Rows before the end at which the next page is asked for. */
const lookAhead = 40;

/** The rows as an ARIA grid; only those in sight are drawn, so its length does not matter. */
export function RowGrid(props: RowGridProps) {
  const { list, selection, onSelectionChange } = props;
  const { rows } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const isFocusWanted = useRef(false);
  const [active, setActive] = useState(0);
  const [menuKey, setMenuKey] = useState<string | null>(null);
  const now = useNow(30_000);
  const order = useMemo(() => rows.map((row) => row.key), [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  const visible = virtualizer.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const { loadMore, hasMore, isLoadingMore } = list;
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastVisible >= rows.length - lookAhead) loadMore();
  }, [hasMore, isLoadingMore, lastVisible, rows.length, loadMore]);

  const handlers = useStableHandlers({
    onFocus: setActive,
    onOpen: props.onOpen,
    onAction: (kind, row) => props.onAction(kind, [row]),
    onSelect: (row, isRange) =>
      onSelectionChange(isRange ? extendedTo(selection, order, row.key) : toggled(selection, row.key)),
    onMenu: (row) => setMenuKey(row?.key ?? null),
  });
  const focusRow = (index: number) => {
    isFocusWanted.current = true;
    setActive(index);
    virtualizer.scrollToIndex(index);
  };
  const run = (command: RowCommand, row: Row, index: number) => {
    const rowsOfAction = selection.keys.has(row.key)
      ? rows.filter((candidate) => selection.keys.has(candidate.key))
      : [row];
    if (command === 'open') props.onOpen(row);
    else if (command === 'rename' && props.canEdit) props.onAction('rename', [row]);
    else if (command === 'delete' && props.canEdit) props.onAction('delete', rowsOfAction);
    else if (command === 'toggle') onSelectionChange(toggled(selection, row.key));
    else if (command === 'select-all') onSelectionChange(toggledAll(selection, order));
    else if (command === 'clear') onSelectionChange(emptySelection);
    else if (command === 'menu') setMenuKey(row.key);
    setActive(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys inside of a row's checkbox or menu are theirs.
    if (!(event.target instanceof HTMLElement) || event.target.tagName !== 'TR') return;
    const index = Number(event.target.dataset['index']);
    const row = rows[index];
    if (!row) return;
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1;
    const to = rowMove(event.key, index, rows.length, Math.max(page, 1));
    const command = rowCommand(event);
    if (to === null && !command) return;
    event.preventDefault();
    if (to !== null) {
      const target = rows[to];
      if (event.shiftKey && target)
        onSelectionChange(
          extendedTo({ ...selection, anchor: selection.anchor ?? row.key }, order, target.key),
        );
      focusRow(to);
    } else if (command) run(command, row, index);
  };
  const tabStop = visible.some(({ index }) => index === active) ? active : (visible[0]?.index ?? 0);

  return (
    <>
      <div className={classes['grid']} ref={scroller}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA allows this; the rows take the focus.
          role="grid"
          aria-label="Contents"
          aria-multiselectable
          aria-rowcount={hasMore ? -1 : rows.length + 1}
          aria-busy={list.isPending}
          className={classes['table']}
          onKeyDown={onKeyDown}
        >
          <GridHeader
            listing={props.listing}
            onListingChange={props.onListingChange}
            selectedCount={selection.keys.size}
            rowCount={rows.length}
            onToggleAll={() => onSelectionChange(toggledAll(selection, order))}
          />
          <tbody className={classes['body']} style={{ height: virtualizer.getTotalSize() - rowHeight }}>
            {visible.map(({ index, start }) => {
              const row = rows[index];
              return (
                row && (
                  <GridRow
                    key={row.key}
                    row={row}
                    index={index}
                    top={start - rowHeight}
                    now={now}
                    isTabStop={index === tabStop}
                    isFocusWanted={index === active ? isFocusWanted : null}
                    isSelected={selection.keys.has(row.key)}
                    isMenuOpen={menuKey === row.key}
                    canEdit={props.canEdit}
                    handlers={handlers}
                  />
                )
              );
            })}
          </tbody>
        </table>
      </div>
      <GridStatus list={list} />
    </>
  );
}

function GridStatus({ list }: { list: RowList }) {
  if (list.error)
    return (
      <Group align="flex-start">
        <div style={{ flex: 1 }}>
          <ErrorNotice error={list.error} title="The list could not be loaded" />
        </div>
        <Button variant="default" onClick={list.retry}>
          Try again
        </Button>
      </Group>
    );
  return (
    <Group gap="xs" role="status" mih={22}>
      {(list.isPending || list.isLoadingMore) && <Loader size="xs" aria-label="Loading" />}
      <Text size="xs" c="dimmed">
        {!list.isPending &&
          `${countOf(list.rows.length, 'row')}${list.hasMore ? ' so far; scroll for more' : ''}`}
      </Text>
    </Group>
  );
}
