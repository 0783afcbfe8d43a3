import type { SuiteGroup, SuiteResult, SuiteTest } from './suite.js';

export const testClasses = ['required', 'optimal', 'check'] as const;
export type TestClass = (typeof testClasses)[number];

/** `none`: what the test starts from could not be set up, or another test that it builds on was not passed. */
export type Outcome = 'passed' | 'failed' | 'none';

export type Outcomes = ReadonlyMap<string, Outcome>;

export const classOf = ({ kind = 'required' }: SuiteTest): TestClass => kind;

/** Of a cache that is no browser's. */
export const testsOf = (groups: readonly SuiteGroup[]): SuiteTest[] =>
  groups.flatMap(({ tests }) => tests.filter(({ browser_only = false }) => !browser_only));

/** As the suite's own pages judge its results. */
export function judge(tests: readonly SuiteTest[], results: Readonly<Record<string, SuiteResult>>): Outcomes {
  const known = new Map<string, Outcome>();
  const byId = new Map(tests.map((test) => [test.id, test]));
  const outcomeOf = (id: string): Outcome => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const result = results[id];
    const isBased = (byId.get(id)?.depends_on ?? []).every((other) => outcomeOf(other) === 'passed');
    const outcome = !isBased || result === undefined ? 'none' : outcomeOfResult(result);
    known.set(id, outcome);
    return outcome;
  };
  for (const { id } of tests) outcomeOf(id);
  return known;
}

function outcomeOfResult(result: SuiteResult): Outcome {
  if (result === true) return 'passed';
  return result[0] === 'Setup' ? 'none' : 'failed';
}

export function count(
  tests: readonly SuiteTest[],
  outcomes: Outcomes,
  of: TestClass,
): Readonly<Record<Outcome, number>> {
  const counts = { passed: 0, failed: 0, none: 0 };
  for (const test of tests) if (classOf(test) === of) counts[outcomes.get(test.id) ?? 'none'] += 1;
  return counts;
}
