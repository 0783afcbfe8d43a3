/** Places and values of the demo's head phantom, as packages/bucket/scripts/make-volumes.py builds it. */
export const phantom = {
  /** Millimetres that the slices are wide and high. */
  extent: 128 * 1.6,
  // Millimetres from the middle of the axial slice at +3 mm: to the left of the patient, to the back.
  lesion: [38, -34],
  ventricle: [-14, 6],
  brain: [0, 0],
  air: [-98, -98],
  // Hounsfield units; tissue has a noise of at most 3.
  lesionValue: 72,
  ventricleValue: 4,
  brainValue: 38,
  skullValue: 900,
  airValue: -1000,
} as const;

/** From 0 to 255: how a value is drawn with a window, as PS3.3 C.11.2.1.2 has it. */
export function greyOf(value: number, [centre, width]: readonly [number, number]): number {
  const share = (value - (centre - 0.5)) / (width - 1) + 0.5;
  return Math.min(Math.max(share, 0), 1) * 255;
}
