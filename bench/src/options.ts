import { parseArgs } from 'node:util';

export const benchmarkNames = [
  'registration',
  'receive',
  'lists',
  'eventloop',
  'probe',
  'gateway',
  'cache-tests',
  'presign',
  'identity',
  'load',
  'churn',
  'manifest',
] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

export interface Options {
  readonly benchmark: BenchmarkName;
  readonly items: number;
  readonly seed: number;
  readonly rounds: number;
  /** That are at work at the same time. */
  readonly users: number;
  /** Pages measured of each list. */
  readonly pages: number;
  /** A role of this PostgreSQL that may create databases; null: PGlite. */
  readonly databaseUrl: string | null;
  /** The same, for the floor alone. */
  readonly floorDatabaseUrl: string | null;
  readonly jsonFile: string | null;
  /** Directory that keeps the data of `lists` for the next run. */
  readonly reuse: string | null;
  readonly skipDuplicates: boolean;
  readonly ignoreErrors: boolean;
  readonly resigned: boolean;
  readonly out: string | null;
}

/** Says what was given and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const known = {
  items: text,
  seed: text,
  json: text,
  database: text,
  'floor-database': text,
  rounds: text,
  pages: text,
  users: text,
  reuse: text,
  out: text,
  'no-skip': flag,
  'all-or-nothing': flag,
  resigned: flag,
};
type OptionName = keyof typeof known;

const common = ['items', 'seed', 'json', 'database'] as const;
export const optionsOf: Readonly<Record<BenchmarkName, readonly OptionName[]>> = {
  registration: [...common, 'floor-database', 'rounds', 'no-skip', 'all-or-nothing'],
  receive: [...common, 'rounds'],
  lists: [...common, 'pages', 'reuse'],
  eventloop: common,
  probe: ['items', 'json', 'rounds'],
  gateway: ['json', 'rounds'],
  'cache-tests': ['json'],
  presign: ['items', 'json', 'rounds'],
  identity: ['items', 'seed', 'json', 'rounds'],
  load: [...common, 'users'],
  churn: [...common, 'rounds'],
  manifest: ['items', 'seed', 'out', 'resigned'],
};

export const usage = [
  'npm run bench -- BENCHMARK [options]',
  ...benchmarkNames.map(
    (name) => `  ${name.padEnd(13)}${optionsOf[name].map((option) => `--${option}`).join(' ')}`,
  ),
].join('\n');

/** @throws UsageError for names and values that are not known. */
export function readOptions(parameters: readonly string[]): Options {
  const [name, ...rest] = parameters;
  const benchmark = benchmarkNames.find((candidate) => candidate === name);
  if (!benchmark)
    throw new UsageError(
      `${name ? `"${name}" is no benchmark` : 'Name a benchmark'}: ${benchmarkNames.join(', ')}.`,
    );
  const values = readValues(benchmark, rest);
  if (benchmark === 'manifest' && !values.out) throw new UsageError('manifest needs --out FILE.');
  return {
    benchmark,
    items: readCount('items', values.items, 100_000),
    seed: readCount('seed', values.seed, 1),
    rounds: readCount('rounds', values.rounds, 1),
    users: readCount('users', values.users, 200),
    pages: readCount('pages', values.pages, 500),
    databaseUrl: readDatabaseUrl('database', values.database),
    floorDatabaseUrl: readDatabaseUrl('floor-database', values['floor-database']),
    jsonFile: values.json ?? null,
    reuse: values.reuse ?? null,
    skipDuplicates: !values['no-skip'],
    ignoreErrors: !values['all-or-nothing'],
    resigned: values.resigned ?? false,
    out: values.out ?? null,
  };
}

function readValues(benchmark: BenchmarkName, parameters: string[]) {
  const allowed = optionsOf[benchmark];
  const list = allowed.map((option) => `--${option}`).join(', ');
  // Not strict, the parser takes all names; which ones there are is told below.
  const { tokens } = parseArgs({ args: parameters, options: known, strict: false, tokens: true });
  for (const token of tokens) {
    const given = token.kind === 'option' ? token.rawName : token.kind === 'positional' ? token.value : '--';
    if (token.kind !== 'option' || !allowed.some((option) => option === token.name))
      throw new UsageError(`"${given}" is no option of ${benchmark}. Allowed: ${list}.`);
  }
  try {
    return parseArgs({ args: parameters, options: known }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message} Allowed: ${list}.`);
  }
}

function readCount(name: OptionName, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const count = Number(value.replaceAll('_', ''));
  if (/^[\d_]+$/.test(value) && count >= 1 && count <= 1e9) return count;
  throw new UsageError(`--${name} is "${value}"; it must be a whole number from 1 to 1,000,000,000.`);
}

/** The value is not repeated in the message: it may hold a password. */
function readDatabaseUrl(name: OptionName, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new UsageError(
    `--${name} must be a URL that begins with postgres://, of a role that may create databases.`,
  );
}
