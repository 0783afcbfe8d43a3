/** A comment, CDATA, instruction or declaration; a tag, whose quoted values may hold `>`; or text. */
const tokens =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!(?:"[^"]*"|'[^']*'|\[[\s\S]*?\]|[^>"'[])*>|<(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+/g;

/**
 * The XML with one element a line; an element that holds text alone stays on its line. Null when its tags do not match.
 * Works on the text: nothing of it is resolved or run.
 */
export function prettyXml(text: string): string | null {
  const parts = (text.match(tokens) ?? []).filter((token) => token.trim() !== '');
  if (parts.join('').replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, '')) return null;
  const out: string[] = [];
  const open: string[] = [];
  for (const part of withWholeLeaves(parts)) {
    const closed = closes(part);
    if (closed !== undefined && open.pop() !== closed) return null;
    out.push(`${'  '.repeat(open.length)}${part.trim()}`);
    const opened = opens(part);
    // A leaf ends where it begins.
    if (opened !== undefined && !part.includes('</')) open.push(opened);
  }
  return open.length === 0 && out.length > 0 ? out.join('\n') : null;
}

const closes = (part: string): string | undefined => /^<\/([^\s>]+)/.exec(part)?.[1];
const opens = (part: string): string | undefined =>
  part.endsWith('/>') ? undefined : /^<([^!?/\s>]+)/.exec(part)?.[1];

/** The tokens, with an element that holds nothing or text alone as one. */
function withWholeLeaves(parts: readonly string[]): string[] {
  const whole: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const [part = '', next = '', end = ''] = parts.slice(at, at + 3);
    const name = opens(part);
    const length = name === undefined ? 1 : leafLength(name, next, end);
    whole.push(parts.slice(at, at + length).join(''));
    at += length - 1;
  }
  return whole;
}

function leafLength(name: string, next: string, end: string): number {
  const isEnd = (token: string) => closes(token) === name;
  if (isEnd(next)) return 2;
  return !next.startsWith('<') && isEnd(end) ? 3 : 1;
}
