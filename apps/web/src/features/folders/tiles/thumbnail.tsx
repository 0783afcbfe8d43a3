import type { Item } from '@latchkey/contract/schemas/item';
import { useEffect, useRef, useState } from 'react';
import { ItemTypeIcon } from '../../../components/storage/item-type-icon.js';
import { hasThumbnail, thumbnailOf } from './draw-thumbnail.js';
import classes from './tiles.module.css';

/** Tiles that fly past while scrolling load nothing. */
const settleMs = 120;

/** A small picture of the item, or the icon of its type. What leaves the sight is given up. */
export function Thumbnail({ item }: { readonly item: Item }) {
  const place = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const wanted = hasThumbnail(item);
  useEffect(() => {
    if (!wanted) return;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      thumbnailOf(item, signal).then(
        (canvas) => {
          if (signal.aborted) return;
          place.current?.replaceChildren(canvas);
          setDrawn(true);
        },
        // The icon stays; the page of the item finds out why it cannot be loaded.
        () => undefined,
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      controller.abort(new Error('The tile is out of sight.'));
    };
  }, [item, wanted]);
  return (
    <div className={classes['picture']} aria-hidden>
      {!isDrawn && <ItemTypeIcon type={item.itemType} size={48} />}
      <div ref={place} className={classes['canvas']} hidden={!isDrawn} />
    </div>
  );
}
