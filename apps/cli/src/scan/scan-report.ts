import { errorCatalogue } from '@latchkey/contract/errors';
import type { MeasureFinding } from '@latchkey/measuring/measure-objects';
import type { ObjectStore } from '@latchkey/object-store/object-store';
import { filesOf, type LeftOut } from './scan-counts.js';
import type { ScanResult } from './scan-store.js';
import { durationText, type UrlStyle } from './url-style.js';

const leftOutWords: Readonly<Record<LeftOut, string>> = {
  unknown: 'of unknown kind',
  filtered: 'filtered out',
  archived: 'archived',
  folder: 'folder markers',
};
const reasons = Object.keys(leftOutWords) as LeftOut[];

const line = (label: string, count: number): string => `  ${label.padEnd(20)}${String(count).padStart(10)}`;

/** Lines for people. */
export function scanLines(result: ScanResult, out: string): string[] {
  const { counts, totals } = result;
  const leftOut = reasons.filter((reason) => counts.leftOut[reason] > 0);
  return [
    ...Object.entries(counts.kinds).map(([kind, count]) => line(kind, count)),
    ...leftOut.map((reason) => line(leftOutWords[reason], counts.leftOut[reason])),
    line('listed', counts.listed),
    ...(totals ? [line('measured', totals.measured), line('not measured', totals.failed)] : []),
    ...unknownLines(result),
    ...findingLines(result),
    `${out} lists ${filesOf(counts)} files.`,
    ...(totals === null
      ? [
          'It has no media metadata: with strict client-only access it would be refused. Add --measure for that.',
        ]
      : []),
  ];
}

function unknownLines({ counts: { leftOut, unknownExtensions } }: ScanResult): string[] {
  if (leftOut.unknown === 0) return [];
  const most = Object.entries(unknownExtensions).sort(([, a], [, b]) => b - a);
  const shown = most.slice(0, 10).map(([extension, count]) => `${extension} (${count})`);
  return [
    `Left out, for their extension does not tell what they are: ${shown.join(', ')}${most.length > 10 ? ' and more' : ''}.`,
    'Say what they are with --kind csv=time_series, or with --kind images for all of them.',
  ];
}

function findingLines({ findings, findingCount }: ScanResult): string[] {
  const left = findingCount - findings.length;
  return [
    ...findings.flatMap((finding) => [`  ${finding.unit.title}`, `    ${problemOf(finding).join(': ')}`]),
    ...(left > 0 ? [`  and ${left} more.`] : []),
  ];
}

const problemOf = (finding: MeasureFinding): string[] =>
  'message' in finding ? [finding.code, finding.message] : [finding.code];

/** How long the URLs live: said to people before anything is signed. */
export function lifetimeLines(store: ObjectStore, { expiresInSeconds }: UrlStyle): string[] {
  if (expiresInSeconds === null) return ['The URLs carry no signature.'];
  const most = store.maxExpirySeconds ?? expiresInSeconds;
  return [
    `The URLs live for ${durationText(expiresInSeconds)}; this store signs for ${durationText(most)} at most.`,
  ];
}

/** What a session does to the URLs that were signed in it. */
export function sessionLines(store: ObjectStore, { expiresInSeconds }: UrlStyle, now: number): string[] {
  const end = store.sessionEnd();
  if (end === null || expiresInSeconds === null || end.getTime() >= now + expiresInSeconds * 1000) return [];
  return [
    `The credentials end at ${end.toISOString()}, and the URLs die with them: sign with lasting keys for longer ones.`,
  ];
}

/** For programs. */
export function scanForPrograms(result: ScanResult, store: ObjectStore, { expiresInSeconds }: UrlStyle) {
  const { counts, totals, findings, findingCount } = result;
  return {
    listedCount: counts.listed,
    filesCount: filesOf(counts),
    fileCounts: counts.kinds,
    bytes: counts.bytes,
    leftOutCounts: counts.leftOut,
    unknownExtensions: counts.unknownExtensions,
    expiresInSeconds,
    sessionEndsAt: store.sessionEnd()?.toISOString() ?? null,
    measuring: totals && {
      measuredCount: totals.measured,
      failedCount: totals.failed,
      findingCount,
      findings: findings.map((finding) => ({
        key: finding.unit.title,
        code: finding.code,
        ...('message' in finding && { error: finding.message, hint: errorCatalogue[finding.code].hint }),
      })),
    },
  };
}
