import { NativeSelect, SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconArrowsMaximize, IconContrast, IconTags, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Shortcuts } from '../shortcuts.js';
import { ToolButton } from '../tool-button.js';
import shared from '../viewers.module.css';
import { type KeyActions, shortcuts } from './dicom-keys.js';
import type { Tool } from './view-settings.js';
import type { WindowPreset } from './window-presets.js';

interface DicomToolbarProps {
  readonly actions: KeyActions;
  readonly tools: readonly Tool[];
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly presets: readonly WindowPreset[];
  /** Null: a window that no preset has. */
  readonly preset: WindowPreset | null;
  readonly children?: ReactNode;
}

const toolLabels: Readonly<Record<Tool, string>> = {
  point: 'Crosshair',
  window: 'Window',
  pan: 'Move',
  zoom: 'Zoom',
};
const custom = 'Adjusted';

export function DicomToolbar({ actions, tools, tool, onTool, presets, preset, children }: DicomToolbarProps) {
  const names = presets.map(({ name }, index) => ({ value: name, label: `${name} (${index + 1})` }));
  return (
    <div className={shared['toolbar']} role="toolbar" aria-label="DICOM">
      {children}
      <VisuallyHidden id="dicom-tool">What dragging does</VisuallyHidden>
      <SegmentedControl
        aria-labelledby="dicom-tool"
        size="xs"
        data={tools.map((value) => ({ value, label: toolLabels[value] }))}
        value={tool}
        onChange={(value) => onTool(value)}
      />
      <NativeSelect
        aria-label="Window"
        size="xs"
        value={preset?.name ?? custom}
        data={preset ? names : [...names, { value: custom, label: custom }]}
        onChange={(event) => {
          const index = presets.findIndex(({ name }) => name === event.currentTarget.value);
          if (index >= 0) actions.choosePreset(index);
        }}
      />
      <ToolButton label="Invert (I)" onClick={actions.invert}>
        <IconContrast size={18} aria-hidden />
      </ToolButton>
      <ToolButton label="Zoom out (-)" onClick={() => actions.zoom(1 / 1.25)}>
        <IconZoomOut size={18} aria-hidden />
      </ToolButton>
      <ToolButton label="Zoom in (+)" onClick={() => actions.zoom(1.25)}>
        <IconZoomIn size={18} aria-hidden />
      </ToolButton>
      <ToolButton label="Reset the view (0)" onClick={actions.reset}>
        <IconArrowsMaximize size={18} aria-hidden />
      </ToolButton>
      <ToolButton label="Tags (T)" onClick={actions.toggleTags}>
        <IconTags size={18} aria-hidden />
      </ToolButton>
      <Shortcuts shortcuts={shortcuts} />
    </div>
  );
}
