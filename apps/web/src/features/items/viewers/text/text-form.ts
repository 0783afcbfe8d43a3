/** Forms of text that are shown as more than lines. */
export type TextForm = 'json' | 'xml' | 'csv' | 'markdown';

/** What the formatted view of each form is called. */
export const formLabels: Readonly<Record<TextForm, string>> = {
  json: 'Indented',
  xml: 'Indented',
  csv: 'Table',
  markdown: 'Formatted',
};

const byType: readonly (readonly [RegExp, TextForm])[] = [
  [/\bjson$/, 'json'],
  [/\bxml$/, 'xml'],
  [/\/(csv|tab-separated-values)$/, 'csv'],
  [/\bmarkdown$/, 'markdown'],
];
const byName: readonly (readonly [RegExp, TextForm])[] = [
  [/\.(geo)?json$/i, 'json'],
  [/\.(xml|svg|kml|gpx)$/i, 'xml'],
  [/\.(csv|tsv)$/i, 'csv'],
  [/\.(md|markdown)$/i, 'markdown'],
];

/** By the type that the manifest gave, else by the name; null for text that is lines. HTML is lines: it is never run. */
export function formOf(name: string, mimeType: string | null): TextForm | null {
  const type = (mimeType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const typed = byType.find(([pattern]) => pattern.test(type))?.[1];
  if (typed && type !== 'application/xhtml+xml') return typed;
  if (type !== '' && type !== 'text/plain' && type !== 'application/octet-stream') return null;
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
