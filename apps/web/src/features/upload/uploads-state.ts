import type { ManifestToImport } from './send-manifest.js';

export type UploadPhase =
  | { readonly name: 'waiting' }
  | { readonly name: 'sending' }
  /** The network is lost; it is sent again when it is back. */
  | { readonly name: 'offline' }
  | { readonly name: 'refused'; readonly error: unknown }
  | { readonly name: 'started'; readonly jobUuid: string };

/** One manifest on its way to the server; from `started` on the server has all of it. */
export interface ManifestUpload extends ManifestToImport {
  readonly id: number;
  readonly phase: UploadPhase;
}

export type UploadsAction =
  | { readonly type: 'added'; readonly uploads: readonly ManifestUpload[] }
  | { readonly type: 'moved'; readonly id: number; readonly phase: UploadPhase }
  | { readonly type: 'removed'; readonly ids: readonly number[] };

export function uploadsReducer(
  uploads: readonly ManifestUpload[],
  action: UploadsAction,
): readonly ManifestUpload[] {
  if (action.type === 'added') return [...uploads, ...action.uploads];
  if (action.type === 'removed') return uploads.filter(({ id }) => !action.ids.includes(id));
  return uploads.map((upload) => (upload.id === action.id ? { ...upload, phase: action.phase } : upload));
}

/** Leaving the page now would lose something. */
export const isOnItsWay = ({ phase }: ManifestUpload): boolean =>
  phase.name === 'waiting' || phase.name === 'sending' || phase.name === 'offline';
