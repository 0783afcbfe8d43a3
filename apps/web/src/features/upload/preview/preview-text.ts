import type { Integration } from '@latchkey/contract/schemas/integration';
import { countOf, formatCount } from '../../../lib/format.js';
import type { ImportSettings } from '../send-manifest.js';
import type { Preview } from './preview.js';

export type PreviewSettings = Pick<ImportSettings, 'ignoreErrors' | 'skipDuplicateUrls' | 'allowExpiredUrls'>;

export interface PreviewNote {
  readonly tone: 'good' | 'notice' | 'problem';
  readonly text: string;
}

/** Units that would fail, as far as the manifest itself says. */
export function failingCount(preview: Preview, settings: PreviewSettings): number {
  const allowsExpired = settings.allowExpiredUrls || preview.flags.allowExpiredUrls;
  return preview.errorCount + (allowsExpired ? 0 : preview.expired);
}

/** What importing would do, in one sentence. */
export function outcomeNote(preview: Preview, settings: PreviewSettings): PreviewNote {
  if (preview.units === 0) return { tone: 'problem', text: 'The manifest lists no file.' };
  const failing = failingCount(preview, settings);
  if (failing > 0 && !settings.ignoreErrors)
    return {
      tone: 'problem',
      text: `Nothing would be registered: ${countOf(failing, 'file')} would fail. Correct them, or switch on "Ignore individual file errors".`,
    };
  const skips = skipsKnown(preview, settings);
  const registered = preview.units - failing - (skips ? preview.known + preview.repeated : 0);
  const parts = [
    `${countOf(Math.max(0, registered), 'file')} would be registered`,
    skips && preview.known > 0 && `${formatCount(preview.known)} skipped`,
    failing > 0 && `${formatCount(failing)} would fail`,
  ].filter((part) => part !== false);
  return { tone: failing > 0 ? 'notice' : 'good', text: `${parts.join(', ')}.` };
}

const skipsKnown = ({ flags }: Preview, settings: PreviewSettings): boolean =>
  settings.skipDuplicateUrls || flags.skipDuplicateUrls;

/** What else there is to know before anything is sent. */
export function previewNotes(
  preview: Preview,
  settings: PreviewSettings,
  integration: Pick<Integration, 'title'>,
): PreviewNote[] {
  const notes = [
    knownNote(preview, settings),
    repeatedNote(preview, settings),
    hostsNote(preview, integration.title),
    expiredNote(preview, settings),
    soonNote(preview),
  ];
  return notes.filter((note) => note !== null);
}

function knownNote(preview: Preview, settings: PreviewSettings): PreviewNote | null {
  const { known, renewed } = preview;
  if (known === 0) return null;
  const has = `The folder has ${countOf(known, 'of these files', 'of these files')} already`;
  if (!skipsKnown(preview, settings))
    return {
      tone: 'problem',
      text: `${has}: they would be registered a second time. Switch on "Skip files that the folder has already".`,
    };
  return {
    tone: 'notice',
    text: `${has}. ${renewed > 0 ? `${formatCount(renewed)} of them would get a URL that lives longer.` : 'None of them would get a URL that lives longer.'}`,
  };
}

function repeatedNote(preview: Preview, settings: PreviewSettings): PreviewNote | null {
  const { repeated, isRepeatedCountCut } = preview;
  if (repeated === 0) return null;
  const count = `${isRepeatedCountCut ? 'At least ' : ''}${countOf(repeated, 'file')}`;
  const becomes = skipsKnown(preview, settings) ? 'would be skipped' : 'would be registered again';
  return {
    tone: 'notice',
    text: `${count} ${repeated === 1 ? 'stands' : 'stand'} further up in the manifest too, and ${becomes}.`,
  };
}

function hostsNote({ otherHosts }: Preview, title: string): PreviewNote | null {
  if (otherHosts.length === 0) return null;
  const hosts = otherHosts.map(({ host, units }) => `${host} (${countOf(units, 'file')})`).join(', ');
  return { tone: 'problem', text: `The integration "${title}" does not allow these hosts: ${hosts}.` };
}

function expiredNote(preview: Preview, settings: PreviewSettings): PreviewNote | null {
  const { expired, flags } = preview;
  if (expired === 0) return null;
  const have = `${countOf(expired, 'URL has', 'URLs have')} expired`;
  return settings.allowExpiredUrls || flags.allowExpiredUrls
    ? { tone: 'notice', text: `${have}: these files open once they are renewed.` }
    : {
        tone: 'problem',
        text: `${have}, and these files would fail. Sign them anew, or switch on "Register files whose URL has expired".`,
      };
}

function soonNote({ expiringSoon }: Preview): PreviewNote | null {
  if (expiringSoon === 0) return null;
  return {
    tone: 'notice',
    text: `${countOf(expiringSoon, 'URL expires', 'URLs expire')} within 24 hours.`,
  };
}
