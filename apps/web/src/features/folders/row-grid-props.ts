import type { RefObject } from 'react';
import type { Listing } from './listing.js';
import type { RowDialogKind } from './row-dialog.js';
import type { RowHandlers } from './row-handlers.js';
import type { Row } from './rows.js';
import type { Selection } from './selection.js';
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

/** A row of the table or a tile. */
export interface DrawnRowProps {
  readonly row: Row;
  readonly index: number;
  readonly isTabStop: boolean;
  /** True in it: the keyboard moved to this row. Null for the rows without the focus. */
  readonly isFocusWanted: RefObject<boolean> | null;
  readonly isSelected: boolean;
  readonly isMenuOpen: boolean;
  /** Its name is a field now. */
  readonly isRenamed: boolean;
  readonly canEdit: boolean;
  readonly handlers: RowHandlers;
}
