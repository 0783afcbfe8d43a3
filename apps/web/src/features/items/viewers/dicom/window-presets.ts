/** Which values are drawn between black and white, in the unit of the image. */
export interface Window {
  readonly centre: number;
  readonly width: number;
}

export interface WindowPreset {
  readonly name: string;
  /** Null: as the file says, else from its smallest to its largest value. */
  readonly window: Window | null;
}

const asInFile: WindowPreset = { name: 'As in the file', window: null };

/** The usual windows of computed tomography, in Hounsfield units. */
const ofTomography: readonly WindowPreset[] = [
  { name: 'Brain', window: { centre: 40, width: 80 } },
  { name: 'Stroke', window: { centre: 40, width: 40 } },
  { name: 'Soft tissue', window: { centre: 50, width: 400 } },
  { name: 'Mediastinum', window: { centre: 50, width: 350 } },
  { name: 'Liver', window: { centre: 60, width: 160 } },
  { name: 'Lung', window: { centre: -600, width: 1500 } },
  { name: 'Bone', window: { centre: 500, width: 2000 } },
];

/** The presets of a modality; the number keys choose them from 1 on. */
export const presetsOf = (modality: string | undefined): readonly WindowPreset[] =>
  modality === 'CT' ? [asInFile, ...ofTomography] : [asInFile];

/** `dx` to the right widens the window, `dy` downwards raises its centre: shares of the width, as one drags. */
export function changedWindow({ centre, width }: Window, dx: number, dy: number): Window {
  return { centre: centre + dy * width, width: Math.max(width * Math.exp(dx), 1) };
}
