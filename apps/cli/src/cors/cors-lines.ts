import type { CorsRule } from '@latchkey/doctor/cors-rule';
import { failureText } from '@latchkey/doctor/failure-text';
import type { CorsReport } from './check-cors.js';

/** The report for people. The URL is not among it: it may be signed. */
export function corsReportLines(report: CorsReport): string[] {
  const { verdict, host, origin } = report;
  const text = failureText(verdict, { host, formatTime: (timestamp) => timestamp });
  return [
    text.title,
    text.what.replaceAll('this page', `pages of ${origin}`),
    ...(verdict.kind === 'fine' ? [] : [text.whatToDo]),
    '',
    `Origin asked with:            ${origin}`,
    `Answer to a ranged GET:       ${report.status ?? 'none'}`,
    `Access-Control-Allow-Origin:  ${report.allowOrigin ?? 'none'}`,
    `Content-Range exposed:        ${report.exposesRanges ? 'yes' : 'no'}`,
    `Preflight:                    ${report.preflight} (no viewer needs it)`,
    ...report.warnings.map((warning) => `Warning: ${warning}`),
    ...(report.rule ? ['', ...corsRuleLines(report.rule)] : []),
  ];
}

export function corsRuleLines({ steps, text, command }: CorsRule): string[] {
  const numbered = steps.map((step, index) => `${index + 1}. ${step}`);
  return [...numbered, '', text, ...(command === text ? [] : ['', 'On the command line:', command])];
}
