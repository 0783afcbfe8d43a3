import { errorCatalogue, type LatchkeyError } from '@latchkey/contract/errors';
import type { ManifestPlace } from '@latchkey/contract/schemas/upload-job';
import { redactUrl } from '@latchkey/locator/redact';
import { splitSecret } from '@latchkey/locator/split-secret';
import type { ManifestReport } from '@latchkey/manifest/check-manifest';
import { placeText } from './registration/result.js';

type FailedUnit = ManifestReport['errors'][number];

/** A URL as it may be shown: without what signs it. */
export function shownUrl(objectUrl: string | null): string | null {
  if (objectUrl === null) return null;
  return redactUrl(objectUrl) ?? splitSecret(objectUrl).head;
}

function placeOf({ kind, element, line, column, field }: FailedUnit): ManifestPlace {
  return { kind, element, line, column, field };
}

/** The report for programs. */
export function reportForPrograms(report: ManifestReport) {
  return {
    refusal: report.refusal && refusalForPrograms(report.refusal),
    unitsTotalCount: report.outline?.unitCount ?? null,
    unitCounts: report.outline && report.unitsByKind,
    unitsErrorCount: report.errorCount,
    errorsByCode: report.errorsByCode,
    errorsByKind: report.errorsByKind,
    unitErrors: report.errors.map((unit) => ({
      objectUrl: shownUrl(unit.objectUrl),
      title: unit.title,
      code: unit.code,
      error: unit.message,
      hint: unit.hint,
      place: placeOf(unit),
    })),
    warnings: report.warnings,
  };
}

function refusalForPrograms({ code, message, details }: LatchkeyError) {
  return { code, message, hint: errorCatalogue[code].hint, details: details ?? null };
}

/** Lines for people: what is in the manifest, then what is wrong with it. */
export function reportLines(report: ManifestReport): string[] {
  const { outline, refusal } = report;
  if (refusal || !outline) return refusal ? refusalLines(refusal) : [];
  return [
    ...kindCounts(report, outline.unitCount).map(countLine),
    countLine(['would fail', report.errorCount]),
    countLine(['in the manifest', outline.unitCount]),
    ...report.warnings.map((warning) => `Warning at ${placeText(warning.place)}: ${warning.message}`),
    ...failureLines(report),
  ];
}

function kindCounts({ unitsByKind }: ManifestReport, unitCount: number): [label: string, count: number][] {
  const counts = Object.entries(unitsByKind);
  const unknown = unitCount - counts.reduce((sum, [, count]) => sum + count, 0);
  return unknown > 0 ? [...counts, ['of no known type', unknown]] : counts;
}

const countLine = ([label, count]: readonly [string, number]) =>
  `  ${label.padEnd(20)}${String(count).padStart(10)}`;

function refusalLines({ code, message }: LatchkeyError): string[] {
  const { hint } = errorCatalogue[code];
  const lines = [`The manifest would be refused: ${message}`];
  return message.includes(hint) ? lines : [...lines, hint];
}

function failureLines({ errors, errorCount }: ManifestReport): string[] {
  if (errorCount === 0) return ['Every unit can be registered, as far as can be seen without the server.'];
  const left = errorCount - errors.length;
  return [
    'Would fail:',
    ...errors.flatMap((unit) => [
      `  ${shownUrl(unit.objectUrl) ?? unit.title ?? '(no URL)'}`,
      `    ${placeText(placeOf(unit))}`,
      `    ${unit.code}: ${unit.message}`,
      ...(unit.message.includes(unit.hint) ? [] : [`    ${unit.hint}`]),
    ]),
    ...(left > 0 ? [`  and ${left} more.`] : []),
  ];
}
