import type { RenderingEngine } from '@cornerstonejs/core';
import { SegmentedControl, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { countOf } from '../../../../lib/format.js';
import { usePlayback } from '../../members/use-playback.js';
import shared from '../viewers.module.css';
import { hasWebGl2 } from '../webgl.js';
import classes from './dicom.module.css';
import { onDicomKey } from './dicom-keys.js';
import { DicomToolbar } from './dicom-toolbar.js';
import { planesObstacle } from './planes-obstacle.js';
import { PlanesView } from './planes-view.js';
import { SliceBar } from './slice-bar.js';
import type { Slice } from './slices.js';
import { StackPane } from './stack-pane.js';
import { TagsPanel } from './tags-panel.js';
import { useDicomView } from './use-dicom-view.js';
import { useEngine } from './use-engine.js';
import { useSameSlice } from './use-same-slice.js';
import { presetsOf } from './window-presets.js';

interface DicomViewerProps {
  readonly name: string;
  readonly slices: readonly Slice[];
  /** The slice that is looked at, so that those around it load first. */
  readonly onFocus: (index: number) => void;
  readonly onFail: (key: string, error: unknown) => void;
  readonly onShown: () => void;
  /** Stands in the place of a slice that failed. */
  readonly problemOf: (slice: Slice, error: unknown) => ReactNode;
}

/** A stack of slices, or planes through them, with its tools. */
export function DicomViewer(props: DicomViewerProps) {
  const engine = useEngine();
  return engine && <Viewer {...props} engine={engine} />;
}

function Viewer({ engine, ...props }: DicomViewerProps & { readonly engine: RenderingEngine }) {
  const { name, slices, onFocus } = props;
  const [rate, setRate] = useState(10);
  const playback = usePlayback(slices.length, rate, true);
  const { index, show, isPlaying, toggle } = playback;
  const slice = slices[index];
  const file = slice?.state.kind === 'ready' ? slice.state.file : null;
  const presets = presetsOf(file?.dataSet.string('x00080060'));
  const obstacle = planesObstacle(slices, hasWebGl2());
  const stack = {
    step: (by: number) => show(Math.min(Math.max(index + by, 0), slices.length - 1)),
    goTo: (end: 'first' | 'last') => show(end === 'first' ? 0 : slices.length - 1),
    togglePlay: toggle,
  };
  const view = useDicomView(stack, presets, obstacle === null);
  useEffect(() => onFocus(index), [onFocus, index]);
  useSameSlice(slices, index, show);
  const { settings, tool, takesFocus, setWindow } = view;
  const drawn = { engine, settings, tool, takesFocus, onWindow: setWindow };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the panes and the buttons.
    <div className={shared['viewer']} onKeyDown={(event) => onDicomKey(event, view.actions)}>
      <DicomToolbar
        actions={view.actions}
        tools={view.arePlanesOpen ? ['point', 'window', 'pan', 'zoom'] : ['window', 'pan', 'zoom']}
        tool={view.tool}
        onTool={view.setTool}
        presets={presets}
        preset={view.preset}
      >
        {slices.length > 1 && (
          <ModeControl arePlanesOpen={view.arePlanesOpen} obstacle={obstacle} onChange={view.setPlanes} />
        )}
      </DicomToolbar>
      {slices.length > 1 && !view.arePlanesOpen && (
        <SliceBar
          slices={slices}
          index={index}
          onChange={show}
          isPlaying={isPlaying}
          onToggle={toggle}
          rate={rate}
          onRate={setRate}
        />
      )}
      <LoadingNote slices={slices} obstacle={obstacle} />
      <div className={classes['body']}>
        {view.arePlanesOpen ? (
          <PlanesView
            {...drawn}
            name={name}
            slices={slices}
            shownWindow={view.shownWindow.current}
            onFocus={view.onPlane}
          />
        ) : (
          <>
            {slice?.state.kind === 'failed' && (
              <div className={classes['problem']}>{props.problemOf(slice, slice.state.error)}</div>
            )}
            <div className={classes['stack']} hidden={slice?.state.kind === 'failed'}>
              <StackPane
                {...drawn}
                slices={slices}
                index={index}
                label={`${name}, slice ${index + 1} of ${slices.length}: arrow up and down to scroll, left and right to change the window, plus and minus to zoom, 0 to reset. The button "Keys" tells the others.`}
                onScroll={stack.step}
                onShownWindow={(window) => {
                  view.shownWindow.current = window;
                }}
                onShown={() => {
                  playback.onShown();
                  props.onShown();
                }}
                onFail={props.onFail}
                onViewport={view.onViewport}
              />
            </div>
          </>
        )}
        {view.areTagsOpen && file && slice && <TagsPanel file={file} name={slice.name} />}
      </div>
    </div>
  );
}

interface ModeControlProps {
  readonly arePlanesOpen: boolean;
  readonly obstacle: string | null;
  readonly onChange: (arePlanesOpen: boolean) => void;
}

function ModeControl({ arePlanesOpen, obstacle, onChange }: ModeControlProps) {
  return (
    <SegmentedControl
      aria-label="Slices or planes (M)"
      size="xs"
      value={arePlanesOpen ? 'planes' : 'slices'}
      data={[
        { value: 'slices', label: 'Slices' },
        { value: 'planes', label: 'Planes', disabled: obstacle !== null },
      ]}
      onChange={(value) => onChange(value === 'planes')}
    />
  );
}

/** How much has arrived as long as something is missing; then what keeps the slices from being a volume. */
function LoadingNote({ slices, obstacle }: { slices: readonly Slice[]; obstacle: string | null }) {
  const ready = slices.filter(({ state }) => state.kind === 'ready').length;
  const failed = slices.filter(({ state }) => state.kind === 'failed').length;
  const isLoading = ready + failed < slices.length;
  if (slices.length === 1 || obstacle === null) return null;
  return (
    <Text size="sm" c="dimmed" role="status">
      {isLoading && `${ready} of ${countOf(slices.length, 'slice')} loaded. `}
      {failed > 0 && `${countOf(failed, 'slice')} cannot be shown. `}
      {!isLoading && `No planes: ${obstacle}.`}
    </Text>
  );
}
