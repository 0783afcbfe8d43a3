import { countOf } from '../../../../lib/format.js';
import { volumeObstacle } from './placement.js';
import type { Slice } from './slices.js';

/** Why no planes can be cut through the slices, as the end of a sentence; null when they can. */
export function planesObstacle(slices: readonly Slice[], hasWebGl2: boolean): string | null {
  const failed = slices.filter(({ state }) => state.kind === 'failed').length;
  const waiting = slices.filter(({ state }) => state.kind === 'waiting').length;
  if (failed > 0) return `${countOf(failed, 'slice')} cannot be shown`;
  if (waiting > 0) return `${countOf(waiting, 'slice')} not loaded yet`;
  const isColoured = ({ state }: Slice) =>
    state.kind === 'ready' && (state.file.dataSet.uint16('x00280002') ?? 1) > 1;
  if (slices.some(isColoured)) return 'the slices are in colour';
  const obstacle = volumeObstacle(slices.map(({ placement }) => placement));
  if (obstacle) return obstacle;
  return hasWebGl2 ? null : 'this browser does not draw with WebGL 2';
}
