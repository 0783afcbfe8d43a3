/** Where in the configuration a value stands. */
export type Path = readonly (string | number)[];

export interface Problem {
  path: Path;
  message: string;
}

/** All that is wrong with a configuration. Messages never repeat a value that may be a secret. */
export class InvalidValues extends Error {
  override readonly name = 'InvalidValues';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `${formatPath(path)}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

/** Turns a parsed value into a checked one. @throws {InvalidValues} */
export type Reader<Result> = (value: unknown, path: Path) => Result;

export function refuse(path: Path, message: string): never {
  throw new InvalidValues([{ path, message }]);
}

export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type ResultOf<Fields extends Shape> = { -readonly [Name in keyof Fields]: ReturnType<Fields[Name]> };

/** An object with these fields and no others. A field that is not there is read as undefined. */
export function objectOf<Fields extends Shape>(fields: Fields): Reader<ResultOf<Fields>> {
  const names = Object.keys(fields);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return refuse(path, `give the fields ${names.join(', ')}.`);
    }
    const problems: Problem[] = [];
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) {
        problems.push({ path: [...path, name], message: `not known here. Allowed: ${names.join(', ')}.` });
      }
    }
    const entries = Object.entries(fields).map(([name, read]) => [
      name,
      collect(problems, () => read((value as Record<string, unknown>)[name], [...path, name])),
    ]);
    if (problems.length > 0) throw new InvalidValues(problems);
    // Every field was read, or there is a problem.
    return Object.fromEntries(entries) as ResultOf<Fields>;
  };
}

export function listOf<Item>(read: Reader<Item>): Reader<Item[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse(path, 'give a list.');
    const problems: Problem[] = [];
    const items = value.map((item: unknown, index) => collect(problems, () => read(item, [...path, index])));
    if (problems.length > 0) throw new InvalidValues(problems);
    return items as Item[];
  };
}

export function optional<Result, Otherwise>(
  read: Reader<Result>,
  otherwise: Otherwise,
): Reader<Result | Otherwise> {
  return (value, path) => (value === undefined || value === null ? otherwise : read(value, path));
}

/** A text that the pattern allows. @param allowed said of any other */
export function textOf(pattern: RegExp, allowed: string): Reader<string> {
  return (value, path) => {
    if (value === undefined || value === null) return refuse(path, `missing: ${allowed}.`);
    if (typeof value !== 'string') return refuse(path, `${JSON.stringify(value)} is no text: ${allowed}.`);
    return pattern.test(value)
      ? value
      : refuse(path, `${JSON.stringify(value)} is not possible: ${allowed}.`);
  };
}

export function countOf(least: number, most: number): Reader<number> {
  return (value, path) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return refuse(
      path,
      `${JSON.stringify(value)} is not possible: give a whole number from ${least} to ${most}.`,
    );
  };
}

export const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean'
    ? value
    : refuse(path, `${JSON.stringify(value)} is not possible: give true or false.`);

function collect<Result>(problems: Problem[], read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidValues)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
