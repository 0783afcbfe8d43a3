import type { FolderSummary } from '@latchkey/contract/schemas/folder';
import { countOf, formatBytes } from '../../lib/format.js';

const kinds = [
  ['videos', 'video'],
  ['images', 'image'],
  ['audios', 'audio file'],
  ['plainTexts', 'text'],
  ['pdfs', 'PDF'],
  ['imageGroups', 'image group'],
  ['imageSequences', 'image sequence'],
  ['dicomFiles', 'DICOM file'],
  ['dicomSeries', 'DICOM series'],
  ['niftis', 'NIfTI file'],
  ['scenes', 'scene'],
  ['timeSeries', 'time series'],
  ['groups', 'group'],
] as const satisfies readonly (readonly [keyof FolderSummary, string])[];

const plural = (word: string) => (word.endsWith('series') ? word : `${word}s`);

/** `3 folders`, `2 videos`, `12 images`, `1.2 GB`: what is directly in a folder, leaving out what is not there. */
export function summaryParts(summary: FolderSummary): string[] {
  const parts = summary.folders > 0 ? [countOf(summary.folders, 'folder')] : [];
  for (const [key, word] of kinds)
    if (summary[key] > 0) parts.push(countOf(summary[key], word, plural(word)));
  if (summary.files > 0) parts.push(formatBytes(summary.totalSize));
  return parts.length > 0 ? parts : ['empty'];
}
