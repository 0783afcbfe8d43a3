import { Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import viewer from '../viewers.module.css';
import type { CloudView } from './cloud-view.js';
import classes from './point-cloud.module.css';
import type { useCloudView } from './use-cloud-view.js';
import { moveOfKey, viewKeysHelp } from './view-keys.js';

interface CloudStageProps {
  readonly stage: ReturnType<typeof useCloudView>;
  readonly label: string;
  readonly children?: ReactNode;
}

/** The canvas with its keys; the children lie over it. */
export function CloudStage({ stage, label, children }: CloudStageProps) {
  const { host, frame, view, hasFailed } = stage;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own.
    <div
      role="group"
      aria-label={`${label}: ${viewKeysHelp}`}
      className={`${viewer['stage']} ${classes['stage']}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above need the focus.
      tabIndex={0}
      onKeyDown={(event) => onKeyDown(event, view)}
      ref={frame}
    >
      <div ref={host} className={classes['host']} />
      {hasFailed && (
        <Text role="alert" className={classes['note'] ?? ''}>
          Your browser gives this page no 3D graphics (WebGL 2), so points cannot be drawn. Turn on hardware
          acceleration in its settings, or use another browser.
        </Text>
      )}
      {children}
    </div>
  );
}

function onKeyDown(event: KeyboardEvent, view: CloudView | null): void {
  const move = moveOfKey(event);
  if (!move || !view) return;
  event.preventDefault();
  move(view);
}
