import { errorCatalogue } from '@latchkey/contract/errors';
import type { MeasureFinding } from '@latchkey/measuring/measure-objects';
import { shownUrl } from '../check-report.js';
import { placeText } from '../registration/result.js';
import type { MeasuredManifest } from './measure-manifest.js';

const placeOf = ({ unit, object }: MeasureFinding) => ({
  kind: unit.kind,
  element: unit.element,
  line: unit.line,
  column: null,
  field: object.field ?? (object.member === null ? null : `member ${object.member}`),
});

/** What measuring came to, for programs. */
export function measuringForPrograms({ totals, findings, findingCount }: MeasuredManifest) {
  return {
    measuredCount: totals.measured,
    failedCount: totals.failed,
    verifiedCount: totals.verified,
    differingCount: totals.differing,
    unverifiableCount: totals.unverifiable,
    findingCount,
    findings: findings.map((finding) => ({
      code: finding.code,
      objectUrl: shownUrl(finding.object.objectUrl),
      title: finding.unit.title,
      place: placeOf(finding),
      ...('lies' in finding
        ? { lies: finding.lies }
        : { error: finding.message, hint: errorCatalogue[finding.code].hint }),
    })),
  };
}

/** Lines for people. */
export function measuringLines({ totals, findings, findingCount }: MeasuredManifest): string[] {
  const counts: readonly (readonly [string, number])[] = [
    ['measured', totals.measured],
    ['not measured', totals.failed],
    ['verified', totals.verified],
    ['differ', totals.differing],
    ['not verified', totals.unverifiable],
  ];
  const left = findingCount - findings.length;
  return [
    ...counts
      .filter(([, count]) => count > 0)
      .map(([label, count]) => `  ${label.padEnd(20)}${String(count).padStart(10)}`),
    ...findings.flatMap(findingLines),
    ...(left > 0 ? [`  and ${left} more.`] : []),
  ];
}

function findingLines(finding: MeasureFinding): string[] {
  const about = 'lies' in finding ? lieLines(finding.lies) : [`    ${finding.code}: ${finding.message}`];
  return [`  ${shownUrl(finding.object.objectUrl)}`, `    ${placeText(placeOf(finding))}`, ...about];
}

const lieLines = (lies: (MeasureFinding & { code: 'metadata_differs' })['lies']): string[] =>
  lies.map(
    ({ field, claimed, measured }) =>
      `    ${field}: the manifest says ${JSON.stringify(claimed)}, measured ${JSON.stringify(measured ?? null)}`,
  );
