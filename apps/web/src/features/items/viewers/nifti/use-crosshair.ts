import { useEffect, useState } from 'react';
import type { Volume } from './use-volume.js';

export interface Crosshair {
  /** In the axes of NIfTI, from 0: to the right, to the front, to the head. */
  readonly voxel: readonly [number, number, number];
  /** Null outside of the volume. */
  readonly value: number | null;
}

interface Location {
  readonly vox: ArrayLike<number>;
  readonly values: readonly { readonly value: number }[];
}

/** Where the crosshair is, and what lies there, whoever moved it. */
export function useCrosshair(volume: Volume | null): Crosshair | null {
  const [crosshair, setCrosshair] = useState<Crosshair | null>(null);
  useEffect(() => {
    if (!volume) return;
    const { renderer } = volume;
    // The renderer does not type what it tells.
    renderer.onLocationChange = (given) => {
      const { vox, values } = given as Location;
      const [x = 0, y = 0, z = 0] = Array.from(vox, Math.round);
      setCrosshair({ voxel: [x, y, z], value: values[0]?.value ?? null });
    };
    renderer.createOnLocationChange();
    return () => {
      renderer.onLocationChange = () => {};
      setCrosshair(null);
    };
  }, [volume]);
  return crosshair;
}
