/**
 * Lines that `terraform fmt` would write in another way: indentation by two, equals signs aligned over arguments that
 * follow one another, no blanks at the end. For the subset of HCL that the modules keep to: no heredocs.
 */
export function checkFormat(text: string): string[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') return ['the last line does not end'];
  const problems: string[] = [];
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    const code = withoutTexts(line);
    const indent = 2 * (depth - (/^\s*[}\])]/.test(code) ? 1 : 0));
    if (line !== '' && line.search(/\S|$/) !== indent)
      problems.push(`line ${index + 1}: indent it by ${indent}`);
    if (/\s$/.test(line)) problems.push(`line ${index + 1}: ends with a blank`);
    depth += depthChange(code);
  }
  for (const group of argumentGroups(lines)) problems.push(...checkAlignment(group));
  return problems;
}

interface Argument {
  readonly line: number;
  readonly indent: number;
  readonly name: string;
  /** What stands between the name and the value. */
  readonly sign: string;
}

/** Texts and comments hold brackets and equals signs that are none. */
const withoutTexts = (line: string): string =>
  line.replace(/"(?:[^"\\$]|\\.|\$(?!\{)|\$\{[^}]*\})*"/g, '""').replace(/\s*(#|\/\/).*$/, '');

/** Brackets that a line opens and leaves open indent what follows once, however many they are. */
function depthChange(code: string): number {
  const opened = (code.match(/[{[(]/g) ?? []).length;
  const closed = (code.match(/[}\])]/g) ?? []).length;
  return Math.sign(opened - closed);
}

/** Arguments on lines that follow one another, each on one line. */
function argumentGroups(lines: readonly string[]): Argument[][] {
  const groups: Argument[][] = [[]];
  for (const [index, line] of lines.entries()) {
    const [, indent = '', name = '', sign = ''] = /^(\s*)([\w-]+|"[^"]*")(\s*=\s*)(?![=>])/.exec(line) ?? [];
    const isWhole = sign !== '' && depthChange(withoutTexts(line)) === 0;
    if (isWhole) groups.at(-1)?.push({ line: index + 1, indent: indent.length, name, sign });
    else {
      groups.push([]);
      if (sign !== '' && sign !== ' = ') groups.push([{ line: index + 1, indent: 0, name, sign }], []);
    }
  }
  return groups;
}

function checkAlignment(group: readonly Argument[]): string[] {
  const longest = Math.max(0, ...group.map(({ name }) => name.length));
  return group
    .filter(({ name, sign }) => sign !== `${' '.repeat(longest - name.length)} = `)
    .map(({ line, name }) => `line ${line}: align the equals sign of ${name}`);
}
