import { limits } from '@latchkey/contract/limits';
import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { Link } from 'react-router';
import { usePatchFolder } from '../../components/storage/folder-changes.js';
import { usePatchItem } from '../../components/storage/item-changes.js';
import { showFailure } from '../../components/toasts/show-toast.js';
import classes from './folders.module.css';
import type { RowHandlers } from './row-handlers.js';
import { nameOf, pathOf, type Row } from './rows.js';

interface RowNameProps {
  readonly row: Row;
  readonly isRenamed: boolean;
  readonly handlers: RowHandlers;
}

const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** The name as a link; as a field while it is renamed. */
export function RowName({ row, isRenamed, handlers }: RowNameProps) {
  if (isRenamed) return <NameField row={row} onDone={() => handlers.onRename(null)} />;
  return (
    <Link
      to={pathOf(row)}
      tabIndex={-1}
      className={classes['link']}
      title={nameOf(row)}
      draggable={false}
      onClick={(event) => {
        event.stopPropagation();
        if (!isPlainClick(event)) return;
        event.preventDefault();
        handlers.onOpen(row);
      }}
    >
      {nameOf(row)}
    </Link>
  );
}

/** Enter or leaving it saves, Escape does not. */
function NameField({ row, onDone }: { readonly row: Row; readonly onDone: () => void }) {
  const patchItem = usePatchItem();
  const patchFolder = usePatchFolder();
  const isClosed = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const close = (toSave: string | null) => {
    if (isClosed.current) return;
    isClosed.current = true;
    const name = toSave?.trim();
    const onError = (error: Error) => showFailure('The name was not changed', error);
    if (name && name !== nameOf(row)) {
      if (row.kind === 'item') patchItem.mutate({ item: row.item, patch: { name } }, { onError });
      else patchFolder.mutate({ folderUuid: row.folder.uuid, patch: { name } }, { onError });
    }
    field.current?.closest<HTMLElement>('[data-index]')?.focus();
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') close(event.currentTarget.value);
    if (event.key === 'Escape') close(null);
  };
  return (
    <input
      ref={field}
      className={classes['nameField']}
      aria-label={`New name of ${nameOf(row)}`}
      defaultValue={nameOf(row)}
      maxLength={limits.titleLength}
      // biome-ignore lint/a11y/noAutofocus: the user has just asked to rename.
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => close(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
