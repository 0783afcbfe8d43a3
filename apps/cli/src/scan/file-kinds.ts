import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import { findUnitType } from '@latchkey/manifest/read/unit-types';
import { CommandError } from '../command-error.js';

/** What files of these extensions mostly are. A `.csv` may be a text, a time series or a list: nobody guesses it. */
const extensionsOfKind = {
  images: 'jpg jpeg jpe jfif png gif webp avif bmp tif tiff heic heif',
  videos: 'mp4 m4v mov webm mkv',
  audio: 'mp3 wav flac ogg oga opus m4a aac ac3 eac3',
  text: 'txt md markdown json jsonl ndjson xml html htm yaml yml log',
  pdfs: 'pdf',
  nifti: 'nii nii.gz',
  dicomSeries: 'dcm dicom',
  scenes: 'pcd ply las laz',
} as const satisfies Partial<Record<UnitKind, string>>;

const byExtension: ReadonlyMap<string, UnitKind> = new Map(
  Object.entries(extensionsOfKind).flatMap(([kind, extensions]) =>
    extensions.split(' ').map((extension) => [extension, kind as UnitKind] as const),
  ),
);

/** Kinds whose element is one file, and series, whose files lie in one folder. */
const scannedKinds = unitKindNames.filter(
  (kind) => kind === 'dicomSeries' || unitKinds[kind].shape === 'object' || unitKinds[kind].shape === 'scene',
);

export interface FileKinds {
  /** Null: neither its extension nor the user says what it is. */
  of(key: string): UnitKind | null;
}

/**
 * @param given `kind` for every file whose extension does not tell, or `extension=kind`
 * @throws CommandError `invalid_option`
 */
export function readFileKinds(given: readonly string[]): FileKinds {
  const extensions = new Map(byExtension);
  let otherwise: UnitKind | null = null;
  for (const rule of given) {
    const [extension, name] = rule.includes('=') ? rule.split('=', 2) : [null, rule];
    const kind = findUnitType(name);
    if (kind === undefined || !scannedKinds.includes(kind)) throw unknownKind(rule);
    if (extension === null) otherwise = kind;
    else extensions.set((extension ?? '').replace(/^\./, '').toLowerCase(), kind);
  }
  return {
    of: (key) => {
      const [last = '', second = ''] = extensionsOf(key);
      return extensions.get(second) ?? extensions.get(last) ?? otherwise;
    },
  };
}

/** Of `a/b.nii.gz`: `gz`, `nii.gz`; none for a name without a dot. */
function extensionsOf(key: string): string[] {
  const parts = key
    .slice(key.lastIndexOf('/') + 1)
    .toLowerCase()
    .split('.');
  return [parts.length > 1 ? (parts.at(-1) ?? '') : '', parts.length > 2 ? parts.slice(-2).join('.') : ''];
}

/** As it is shown: `.xyz`, or `(none)`. */
export function shownExtension(key: string): string {
  const [last = ''] = extensionsOf(key);
  return last === '' ? '(none)' : `.${last.slice(0, 20)}`;
}

const unknownKind = (rule: string): CommandError =>
  new CommandError(
    'invalid_option',
    `--kind ${rule} names no kind of file.`,
    `Give one of ${scannedKinds.map((kind) => unitKinds[kind].keys[0]).join(', ')}, or an extension with it, as csv=time_series.`,
  );
