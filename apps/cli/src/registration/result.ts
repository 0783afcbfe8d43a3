import type { ManifestPlace, UnitError, UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { manifestTypeOf } from '@latchkey/sdk/manifest-type';
import { type ExitCode, exitCodes } from '../exit-codes.js';

/** As many failed units as are printed one by one. */
const failuresShown = 100;

export function exitCodeOf(result: UploadJobResult): ExitCode {
  if (result.status === 'CANCELLED') return exitCodes.cancelled;
  const hasFailed = result.status === 'ERROR' || result.unitsErrorCount > 0;
  return hasFailed ? exitCodes.unitsFailed : exitCodes.success;
}

/** The result of a job for programs: without the names of the items, of which there may be millions. */
export function resultForPrograms({ itemsWithNames: _, ...result }: UploadJobResult) {
  return { ...result, areUnitErrorsComplete: result.unitErrors.length === result.unitsErrorCount };
}

/** Lines for people: counts, then the failed units. */
export function resultLines(result: UploadJobResult): string[] {
  const counts: readonly (readonly [string, number])[] = [
    ['registered', result.unitsDoneCount],
    ['known already', result.unitsSkippedCount],
    ['  of these with a newer signature', result.unitsRenewedCount],
    ['failed', result.unitsErrorCount],
    ['cancelled', result.unitsCancelledCount],
    ['pending', result.unitsPendingCount],
    ['in the manifest', result.unitsTotalCount],
  ];
  const isAlwaysShown = (label: string) =>
    label === 'registered' || label === 'failed' || label === 'in the manifest';
  return [
    ...counts
      .filter(([label, count]) => count > 0 || isAlwaysShown(label))
      .map(([label, count]) => `  ${label.padEnd(34)}${String(count).padStart(10)}`),
    ...(result.status === 'ERROR'
      ? ['Nothing was registered: without --ignore-errors it is all or nothing.']
      : []),
    ...result.errors,
    ...result.warnings.map((warning) => `Warning at ${placeText(warning.place)}: ${warning.message}`),
    ...failureLines(result),
  ];
}

function failureLines(result: UploadJobResult): string[] {
  if (result.unitsErrorCount === 0) return [];
  const shown = result.unitErrors.slice(0, failuresShown);
  const left = result.unitsErrorCount - shown.length;
  const target = `${result.uploadJobUuid} --folder ${result.folderUuid}`;
  const name = `failed-units.${isNdjson(result) ? 'ndjson' : 'json'}`;
  return [
    'Failed:',
    ...shown.flatMap(unitErrorLines),
    ...(left > 0 ? [`  and ${left} more.`] : []),
    `All ${result.unitsErrorCount} as CSV:  latchkey job errors ${target}`,
    `To be corrected:  latchkey job failed-units ${target} --out ${name}`,
  ];
}

const isNdjson = ({ fileName }: UploadJobResult) =>
  fileName !== null && manifestTypeOf(fileName)?.contentType !== 'application/json';

function unitErrorLines(unit: UnitError): string[] {
  const what = unit.objectUrls.length > 0 ? unit.objectUrls.join(', ') : (unit.title ?? '(no URL)');
  const lines = [`  ${what}`, `    ${placeText(unit.place)}`, `    ${unit.code}: ${unit.error}`];
  return unit.hint && !unit.error.includes(unit.hint) ? [...lines, `    ${unit.hint}`] : lines;
}

/** Such as `images[3].objectUrl, line 12, column 5`. */
export function placeText({ kind, element, field, line, column }: ManifestPlace): string {
  const path = [kind === null ? '' : element === null ? kind : `${kind}[${element}]`, field ?? '']
    .filter((part) => part !== '')
    .join('.');
  const parts = [path, line === null ? '' : `line ${line}`, column === null ? '' : `column ${column}`];
  return parts.filter((part) => part !== '').join(', ') || 'the manifest';
}
