import { Text } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import shared from '../viewers.module.css';
import classes from './nifti.module.css';
import { type NiftiActions, onNiftiKey } from './nifti-keys.js';
import { NiftiToolbar, type View } from './nifti-toolbar.js';
import { PositionSliders } from './position-sliders.js';
import { useCrosshair } from './use-crosshair.js';
import type { Volume } from './use-volume.js';
import { changedRange, shortNumber, type ValueRange } from './value-range.js';

interface VolumeControlsProps {
  /** Null while it loads. */
  readonly volume: Volume | null;
  readonly name: string;
  /** The canvas. */
  readonly children: ReactNode;
}

export function VolumeControls({ volume, name, children }: VolumeControlsProps) {
  const stage = useRef<HTMLDivElement>(null);
  const crosshair = useCrosshair(volume);
  const controls = useVolumeSettings(volume);
  const [x, y, z] = crosshair?.voxel ?? [0, 0, 0];
  const [width, height, depth] = sizeOf(volume);
  const actions: NiftiActions = {
    move: (right, front, up) => volume?.renderer.moveCrosshairInVox(right, front, up),
    stepVolume: (by) => controls.showVolume(controls.volumeIndex + by),
    changeWindow: (dx, dy) => controls.setRange(changedRange(controls.range, dx, dy)),
    reset: controls.reset,
  };
  const volumeCount = volume?.image.nFrame4D ?? 1;
  const position = (label: string, count: number, index: number, move: (by: number) => void) => ({
    label,
    count,
    index,
    onChange: (to: number) => move(to - index),
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the volume and the buttons.
    <div className={shared['viewer']} onKeyDown={(event) => volume && onNiftiKey(event, actions)}>
      {volume && (
        <>
          <NiftiToolbar
            {...controls}
            onView={controls.setView}
            onColormap={controls.setColormap}
            onRange={controls.setRange}
            onReset={controls.reset}
          />
          <PositionSliders
            positions={[
              position('Left to right', width, x, (by) => actions.move(by, 0, 0)),
              position('Back to front', height, y, (by) => actions.move(0, by, 0)),
              position('Feet to head', depth, z, (by) => actions.move(0, 0, by)),
              ...(volumeCount > 1
                ? [position('Volume', volumeCount, controls.volumeIndex, actions.stepVolume)]
                : []),
            ]}
          />
          <Text size="sm" c="dimmed" role="status">
            {`Voxel ${x + 1}, ${y + 1}, ${z + 1}: ${crosshair?.value == null ? 'no value' : shortNumber(crosshair.value)}`}
          </Text>
        </>
      )}
      <div
        ref={stage}
        role="application"
        aria-label={`${name}: arrow keys and Page up and down move the crosshair, comma and full stop change the volume. The button "Keys" tells the others.`}
        className={classes['stage']}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above need the focus.
        tabIndex={0}
        // The renderer keeps the focus from moving.
        onMouseDown={() => stage.current?.focus()}
      >
        {children}
      </div>
    </div>
  );
}

/** Along the axes of NIfTI, into which the renderer turns the voxels. */
function sizeOf(volume: Volume | null): readonly [number, number, number] {
  const [, width = 1, height = 1, depth = 1] = volume?.image.dimsRAS ?? [];
  return [width, height, depth];
}

function useVolumeSettings(volume: Volume | null) {
  const [view, setView] = useState<View>('all');
  const [colormap, setColormap] = useState('gray');
  const [chosenRange, setChosenRange] = useState<ValueRange | null>(null);
  const [volumeIndex, setVolumeIndex] = useState(0);
  const range = chosenRange ?? volume?.range ?? { min: 0, max: 1 };
  const setRange = ({ min, max }: ValueRange) => {
    if (!volume || min >= max) return;
    volume.image.cal_min = min;
    volume.image.cal_max = max;
    volume.renderer.updateGLVolume();
    setChosenRange({ min, max });
  };
  return {
    view,
    colormap,
    range,
    volumeIndex,
    setRange,
    setView: (next: View) => {
      volume?.renderer.setSliceType(sliceTypes[next](volume));
      setView(next);
    },
    setColormap: (next: string) => {
      volume?.renderer.setColormap(volume.image.id, next);
      setColormap(next);
    },
    showVolume: (index: number) => {
      if (!volume || index < 0 || index >= (volume.image.nFrame4D ?? 1)) return;
      volume.renderer.setFrame4D(volume.image.id, index);
      // The renderer takes a range of its own for each volume; a series is compared in one.
      setRange(range);
      setVolumeIndex(index);
    },
    reset: () => {
      if (!volume) return;
      setRange(volume.range);
      volume.renderer.scene.crosshairPos = [0.5, 0.5, 0.5];
      volume.renderer.setPan2Dxyzmm([0, 0, 0, 1]);
      volume.renderer.drawScene();
      volume.renderer.createOnLocationChange();
    },
  };
}

const sliceTypes: { readonly [V in View]: (volume: Volume) => number } = {
  all: ({ renderer }) => renderer.sliceTypeMultiplanar,
  axial: ({ renderer }) => renderer.sliceTypeAxial,
  coronal: ({ renderer }) => renderer.sliceTypeCoronal,
  sagittal: ({ renderer }) => renderer.sliceTypeSagittal,
  render: ({ renderer }) => renderer.sliceTypeRender,
};
