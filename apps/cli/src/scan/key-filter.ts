export interface KeyFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Whether a key is wanted: it matches one of `include`, or there are none, and none of `exclude`. */
export function createKeyFilter({ include, exclude }: KeyFilter): (key: string) => boolean {
  const [wanted, unwanted] = [include.map(globTest), exclude.map(globTest)];
  return (key) =>
    (wanted.length === 0 || wanted.some((matches) => matches(key))) &&
    !unwanted.some((matches) => matches(key));
}

/** A pattern with a slash is of the whole key; one without is of the name behind the last slash. */
function globTest(glob: string): (key: string) => boolean {
  const pattern = new RegExp(`^${patternOf(glob)}$`, 'su');
  if (glob.includes('/')) return (key) => pattern.test(key);
  return (key) => pattern.test(key.slice(key.lastIndexOf('/') + 1));
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[\\^$.|+()[\]{}/-]/g;

/** Double stars go over slashes, a star and a question mark do not; `{a,b}` are choices. All else is itself. */
function patternOf(glob: string): string {
  return glob.replace(TOKENS, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.length > 1) return `(?:${token.slice(1, -1).split(',').map(patternOf).join('|')})`;
    // With the u flag a dash may not be escaped.
    return token === '-' ? token : `\\${token}`;
  });
}
