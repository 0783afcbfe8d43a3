import { Loader, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  IconArrowsMaximize,
  IconRotate2,
  IconRotateClockwise2,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { editOfKey, fitted, type ImageView, type Size, turned, zoomed, zoomStep } from './image-view.js';
import { ToolButton } from './tool-button.js';
import { usePanAndZoom } from './use-pan-and-zoom.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

export function ImageViewer({ item, url, attempt, onReady, onFail }: ViewerProps) {
  const { ref: sizeRef, width, height } = useElementSize();
  const [natural, setNatural] = useState<Size | null>(null);
  const [rotation, setRotation] = useState<ImageView['rotation']>(0);
  /** Null: fitted, also when the frame changes its size. */
  const [moved, setMoved] = useState<ImageView | null>(null);
  const view = moved ?? (natural && width > 0 ? fitted(natural, { width, height }, rotation) : null);
  const change = (edit: (view: ImageView) => ImageView) =>
    setMoved((current) => {
      const from = current ?? view;
      return from && edit(from);
    });
  const stageRef = usePanAndZoom(change);
  const turn = (by: 90 | 270) => {
    setRotation(turned(rotation, by));
    setMoved(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const edit = editOfKey(event.key);
    if (event.key === '0') setMoved(null);
    else if (event.key === 'r') turn(90);
    else if (edit && !event.ctrlKey && !event.metaKey) change(edit);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes['viewer']}>
      <div className={classes['toolbar']} role="toolbar" aria-label="Image">
        <ToolButton label="Zoom out (-)" onClick={() => change((from) => zoomed(from, 1 / zoomStep))}>
          <IconZoomOut size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Zoom in (+)" onClick={() => change((from) => zoomed(from, zoomStep))}>
          <IconZoomIn size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Fit (0)" onClick={() => setMoved(null)}>
          <IconArrowsMaximize size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Rotate left" onClick={() => turn(270)}>
          <IconRotate2 size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Rotate right (R)" onClick={() => turn(90)}>
          <IconRotateClockwise2 size={18} aria-hidden />
        </ToolButton>
        <Text size="sm" c="dimmed">
          {view && `${Math.round(view.scale * 100)}%`}
          {natural && ` of ${natural.width} × ${natural.height}`}
        </Text>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own. */}
      <div
        role="group"
        aria-label="Image: drag or use the arrow keys to move, plus and minus to zoom, 0 to fit"
        className={`${classes['stage']} ${classes['pannable']}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above need the focus.
        tabIndex={0}
        onKeyDown={onKeyDown}
        ref={(element) => {
          sizeRef(element);
          stageRef(element);
        }}
      >
        <img
          key={attempt}
          src={url}
          alt={item.name}
          crossOrigin="anonymous"
          referrerPolicy="no-referrer"
          draggable={false}
          className={classes['image']}
          style={view ? { transform: transformOf(view) } : { visibility: 'hidden' }}
          onLoad={({ currentTarget }) => {
            setNatural({
              width: currentTarget.naturalWidth || 300,
              height: currentTarget.naturalHeight || 150,
            });
            onReady();
          }}
          onError={onFail}
        />
        {!natural && (
          <div className={classes['loading']}>
            <Loader aria-label="Loading the image" />
          </div>
        )}
      </div>
    </div>
  );
}

const transformOf = ({ x, y, scale, rotation }: ImageView) =>
  `translate(-50%, -50%) translate(${x}px, ${y}px) rotate(${rotation}deg) scale(${scale})`;
