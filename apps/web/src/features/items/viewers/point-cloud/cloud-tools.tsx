import { NativeSelect } from '@mantine/core';
import { IconFocusCentered, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ToolButton } from '../tool-button.js';
import viewer from '../viewers.module.css';
import type { CloudView } from './cloud-view.js';
import { zoomStep } from './view-keys.js';

interface CloudToolsProps {
  readonly view: CloudView | null;
  readonly colourings: readonly string[];
  readonly colouring: string;
  readonly onColouring: (by: string) => void;
  readonly pointSize: number;
  readonly onPointSize: (pixels: number) => void;
  readonly children?: ReactNode;
}

const pointSizes = [1, 2, 3, 4, 6, 8, 12];

export function CloudTools(props: CloudToolsProps) {
  const { view, colourings, colouring, onColouring, pointSize, onPointSize, children } = props;
  return (
    <div className={viewer['toolbar']} role="toolbar" aria-label="Points">
      <ToolButton label="Zoom out (-)" disabled={!view} onClick={() => view?.zoom(1 / zoomStep)}>
        <IconZoomOut size={18} aria-hidden />
      </ToolButton>
      <ToolButton label="Zoom in (+)" disabled={!view} onClick={() => view?.zoom(zoomStep)}>
        <IconZoomIn size={18} aria-hidden />
      </ToolButton>
      <ToolButton label="See all (0)" disabled={!view} onClick={() => view?.fit()}>
        <IconFocusCentered size={18} aria-hidden />
      </ToolButton>
      <NativeSelect
        aria-label="Colour by"
        size="sm"
        value={colouring}
        data={colourings.map((name) => ({
          value: name,
          label: `Colour by ${name === 'colour' ? 'own colour' : name}`,
        }))}
        onChange={(event) => onColouring(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label="Size of the points"
        size="sm"
        value={pointSize}
        data={pointSizes.map((size) => ({ value: String(size), label: `Points of ${size} px` }))}
        onChange={(event) => onPointSize(Number(event.currentTarget.value))}
      />
      {children}
    </div>
  );
}
