/** Types of text that the bytes do not tell apart from plain text, or not for sure: the storage is believed. */
const said = new Set([
  'text/csv',
  'text/tab-separated-values',
  'text/markdown',
  'text/css',
  'text/javascript',
  'text/calendar',
  'text/vtt',
  'text/yaml',
  'text/xml',
  'text/rtf',
  'application/csv',
  'application/javascript',
  'application/json',
  'application/geo+json',
  'application/ld+json',
  'application/jsonl',
  'application/x-ndjson',
  'application/x-yaml',
  'application/yaml',
  'application/toml',
  'application/xml',
  'application/xhtml+xml',
  'application/sql',
  'application/x-subrip',
]);

/** `text`: its beginning, or with `cut` false all of it. `said`: the header `Content-Type` of the storage. */
export function findTextMimeType(
  text: string,
  { cut, said: header }: { readonly cut: boolean; readonly said: string | null },
): string {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const told = header?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(<!DOCTYPE html|<html[\s>])/i.test(start)) return 'text/html';
  if (/^<\?xml\s/.test(start) || /^<svg[\s>]/i.test(start))
    return /<svg[\s>]/i.test(start.slice(0, 1024)) ? 'image/svg+xml' : 'application/xml';
  if (said.has(told)) return told;
  if (start.startsWith('{\\rtf')) return 'text/rtf';
  if (start.startsWith('WEBVTT')) return 'text/vtt';
  return jsonType(start, cut) ?? 'text/plain';
}

/** One JSON value, or one a line. Of a long text the first line alone can tell. */
function jsonType(text: string, cut: boolean): string | null {
  if (!/^[[{]/.test(text)) return null;
  if (!cut && isJson(text)) return 'application/json';
  const lines = text.split(/\r?\n/, 3).filter((line) => line !== '');
  const complete = cut ? lines.slice(0, -1) : lines;
  if (complete.length > 1 && complete.every((line) => isJson(line))) return 'application/x-ndjson';
  return cut && /^(\{\s*("|\})|\[\s*([[{"\d\-tfn]|\]))/.test(text) ? 'application/json' : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
