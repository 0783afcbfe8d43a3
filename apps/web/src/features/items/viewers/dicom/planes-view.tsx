import { Enums, type RenderingEngine, type Types } from '@cornerstonejs/core';
import { Loader, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import classes from './dicom.module.css';
import type { Vector } from './placement.js';
import { PlanePane, type PlaneView } from './plane-pane.js';
import type { Slice } from './slices.js';
import type { Tool, ViewSettings } from './view-settings.js';
import { centreOf, makeVolume, moved, removeVolume, type VolumeGrid, within } from './volume-grid.js';
import type { Window } from './window-presets.js';

interface PlanesViewProps {
  readonly engine: RenderingEngine;
  readonly name: string;
  /** All there, and without an obstacle to a volume. */
  readonly slices: readonly Slice[];
  readonly settings: ViewSettings;
  readonly tool: Tool;
  readonly takesFocus: boolean;
  /** The window of the slice that was looked at: the file's own, unless another is set. */
  readonly shownWindow: Window | null;
  readonly onWindow: (window: Window) => void;
  /** The plane that has the focus, and how to move the crosshair. */
  readonly onFocus: (
    viewport: Types.IVolumeViewport,
    move: (direction: Vector, voxels: number) => void,
  ) => void;
}

const planes = [
  { title: 'Axial', orientation: Enums.OrientationAxis.AXIAL },
  { title: 'Coronal', orientation: Enums.OrientationAxis.CORONAL },
  { title: 'Sagittal', orientation: Enums.OrientationAxis.SAGITTAL },
] as const;

/** Three planes through the volume of a series, which meet at one point. */
export function PlanesView(props: PlanesViewProps) {
  const { slices, name } = props;
  const [grid, setGrid] = useState<VolumeGrid | null>(null);
  const [point, setPoint] = useState<Vector>([0, 0, 0]);
  const [hasFailed, setFailed] = useState(false);
  const make = useEffectEvent(() => makeVolume(slices));
  useEffect(() => {
    let isOver = false;
    const making = make();
    making.then(
      (made) => {
        if (isOver) return;
        setPoint(centreOf(made));
        setGrid(made);
      },
      () => setFailed(true),
    );
    return () => {
      isOver = true;
      void making.then(removeVolume, () => {});
    };
  }, []);
  if (hasFailed) return <Text role="alert">The slices make no volume that can be drawn.</Text>;
  if (!grid)
    return (
      <div className={classes['stack']}>
        <Loader m="auto" aria-label="Making the volume" />
      </div>
    );
  const move = (direction: Vector, voxels: number) =>
    setPoint((from) => moved(grid, from, direction, voxels));
  return (
    <div className={classes['planes']}>
      {planes.map(({ title, orientation }) => (
        <PlanePane
          key={title}
          engine={props.engine}
          settings={props.settings}
          tool={props.tool}
          window={props.settings.window ?? props.shownWindow}
          onWindow={props.onWindow}
          grid={grid}
          orientation={orientation}
          title={title}
          takesFocus={props.takesFocus && title === 'Axial'}
          label={`${name}, ${title.toLowerCase()} plane: arrow up and down to go through it, with Ctrl to move the crosshair in it, left and right to change the window. The button "Keys" tells the others.`}
          point={point}
          onPoint={(picked) => setPoint(within(grid, picked))}
          onStep={({ inward }: PlaneView, steps) => move(inward, steps)}
          onFocus={(viewport) => props.onFocus(viewport, move)}
        />
      ))}
      <Text size="sm" role="status" className={classes['place'] ?? ''}>
        Crosshair at {point.map((value) => value.toFixed(1)).join(', ')} mm (left, back, head)
      </Text>
    </div>
  );
}
