/**
 * The JSON with one value a line, or null when it is not JSON. Works on the text: parsing and writing it again would
 * round large numbers and drop repeated keys.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  const out: string[] = [];
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(depth)}`;
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token === '}' || token === ']') {
      depth -= 1;
      const isEmpty = previous === '{' || previous === '[';
      out.push(isEmpty ? token : newLine() + token);
      return;
    }
    const opensLine = previous === '{' || previous === '[' || previous === ',';
    out.push(opensLine ? newLine() + token : token);
    if (token === ':') out.push(' ');
    if (token === '{' || token === '[') depth += 1;
  });
  return out.join('');
}
