/** A comment, CDATA, instruction or declaration; a tag, whose quoted values may hold `>`; or text. */
const tokens = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!(?:"[^"]*"|'[^']*'|\[[\s\S]*?\]|[^>"'[])*>|<(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+/g;

/**
 * The XML with one element a line; an element that holds text alone stays on its line. Null when its tags do not match.
 * Works on the text: nothing of it is resolved or run.
 */
export function prettyXml(text: string): string | null {
  const out: string[] = [];
  const open: string[] = [];
  const parts = (text.match(tokens) ?? []).filter((token) => token.trim() !== '');
  if (parts.join('').replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, '')) return null;
  const line = (content: string, depth = open.length) => out.push(`${'  '.repeat(depth)}${content}`);
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? '';
    const closes = /^<\/([^\s>]+)/.exec(part)?.[1];
    const opens = /^<([^!?/\s>]+)/.exec(part)?.[1];
    if (closes !== undefined) {
      if (open.pop() !== closes) return null;
      line(part);
    } else if (opens === undefined || part.endsWith('/>')) line(part.trim());
    else {
      const [content, end] = [parts[at + 1] ?? '', parts[at + 2] ?? ''];
      const isShort = !content.startsWith('<') && end.startsWith(`</${opens}`);
      const isEmpty = content.startsWith(`</${opens}`);
      if (isShort) line(part + content + end);
      else if (isEmpty) line(part + content);
      else {
        line(part);
        open.push(opens);
      }
      at += isShort ? 2 : isEmpty ? 1 : 0;
    }
  }
  return open.length === 0 && out.length > 0 ? out.join('\n') : null;
}
