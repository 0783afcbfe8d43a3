import { type ReactNode, useEffect, useRef } from 'react';
import classes from './dicom.module.css';
import { edgeLetters } from './edge-letters.js';
import { toVector } from './placement.js';
import type { Viewport } from './window-level.js';

interface PaneProps {
  /** Names the pane and tells its keys. */
  readonly label: string;
  readonly canvasRef: (element: HTMLDivElement | null) => void;
  readonly viewport: Viewport | null;
  /** The tags say how the image lies in the patient. */
  readonly isOriented: boolean;
  readonly title?: string;
  readonly facts?: string;
  readonly onFocus?: () => void;
  /** Takes the focus once it is drawn. */
  readonly takesFocus?: boolean;
  readonly children?: ReactNode;
}

/** A drawn image with what stands at its edges. It takes the focus, and the keys. */
export function Pane({
  label,
  canvasRef,
  viewport,
  isOriented,
  title,
  facts,
  onFocus,
  takesFocus = false,
  children,
}: PaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const isDrawn = viewport !== null;
  useEffect(() => {
    if (isDrawn && takesFocus) pane.current?.focus();
  }, [isDrawn, takesFocus]);
  return (
    <div
      ref={pane}
      role="application"
      aria-label={label}
      className={classes['pane']}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys that the label tells need the focus.
      tabIndex={0}
      onFocus={onFocus}
    >
      <div ref={canvasRef} className={classes['canvas']} />
      {children}
      {viewport && isOriented && <Edges viewport={viewport} />}
      {title && <div className={classes['title']}>{title}</div>}
      {facts && <div className={classes['facts']}>{facts}</div>}
    </div>
  );
}

function Edges({ viewport }: { viewport: Viewport }) {
  const { viewUp, viewPlaneNormal } = viewport.getCamera();
  const [up, normal] = [toVector(viewUp), toVector(viewPlaneNormal)];
  if (!up || !normal) return null;
  return Object.entries(edgeLetters(up, normal)).map(([edge, letters]) => (
    <span key={edge} className={`${classes['edge']} ${classes[edge]}`} aria-hidden>
      {letters}
    </span>
  ));
}
