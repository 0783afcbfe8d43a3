import { createContext, useContext } from 'react';
import type { ImportSettings } from './send-manifest.js';
import type { ManifestUpload } from './uploads-state.js';

export interface Uploads {
  readonly uploads: readonly ManifestUpload[];
  /** Sends the files one after the other. */
  readonly start: (folderUuid: string, files: readonly File[], settings: ImportSettings) => void;
  /** Sends a refused manifest once more. */
  readonly retry: (upload: ManifestUpload) => void;
  /** Stops sending, if it is being sent, and forgets it; a job that has started goes on. */
  readonly remove: (ids: readonly number[]) => void;
}

export const UploadsContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error('useUploads needs an UploadsProvider above it.');
  return uploads;
}
