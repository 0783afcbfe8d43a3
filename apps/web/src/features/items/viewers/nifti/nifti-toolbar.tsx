import { NativeSelect, NumberInput, SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconFocusCentered } from '@tabler/icons-react';
import { Shortcuts } from '../shortcuts.js';
import { ToolButton } from '../tool-button.js';
import shared from '../viewers.module.css';
import { shortcuts } from './nifti-keys.js';
import { shortNumber, type ValueRange } from './value-range.js';

export const views = ['all', 'axial', 'coronal', 'sagittal', 'render'] as const;
export type View = (typeof views)[number];
const viewLabels: Readonly<Record<View, string>> = {
  all: 'All',
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
  render: '3D',
};

/** Of the renderer's colour maps those that are usual, or even in brightness. */
const colormaps = ['gray', 'viridis', 'inferno', 'plasma', 'magma', 'hot', 'cool', 'winter', 'bone', 'jet'];

interface NiftiToolbarProps {
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly colormap: string;
  readonly onColormap: (name: string) => void;
  readonly range: ValueRange;
  readonly onRange: (range: ValueRange) => void;
  readonly onReset: () => void;
}

export function NiftiToolbar(props: NiftiToolbarProps) {
  const { view, onView, colormap, onColormap, range, onRange, onReset } = props;
  const field = (label: string, value: number, set: (value: number) => void) => (
    <NumberInput
      aria-label={label}
      size="xs"
      w={84}
      hideControls
      prefix={`${label}: `}
      value={shortNumber(value)}
      onChange={(given) => typeof given === 'number' && set(given)}
    />
  );
  return (
    <div className={shared['toolbar']} role="toolbar" aria-label="NIfTI">
      <VisuallyHidden id="nifti-view">What is shown</VisuallyHidden>
      <SegmentedControl
        aria-labelledby="nifti-view"
        size="xs"
        data={views.map((value) => ({ value, label: viewLabels[value] }))}
        value={view}
        onChange={onView}
      />
      <NativeSelect
        aria-label="Colour map"
        size="xs"
        value={colormap}
        data={colormaps}
        onChange={(event) => onColormap(event.currentTarget.value)}
      />
      {field('From', range.min, (min) => onRange({ ...range, min }))}
      {field('To', range.max, (max) => onRange({ ...range, max }))}
      <ToolButton label="Reset the view (0)" onClick={onReset}>
        <IconFocusCentered size={18} aria-hidden />
      </ToolButton>
      <Shortcuts shortcuts={shortcuts} />
    </div>
  );
}
