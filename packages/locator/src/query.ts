export interface QueryParam {
  /** The parameter as given, `name=value`. */
  raw: string;
  /** Decoded and in lower case: stores match the names of signature parameters without case. */
  name: string;
}

export interface Query {
  params: readonly QueryParam[];
  /** The first value of each name, as given. */
  values: ReadonlyMap<string, string>;
  /** Names that occur more than once. */
  repeated: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const EMPTY: Query = { params: [], values: new Map(), repeated: NONE };

export function parseQuery(query: string | null): Query {
  if (query === null || query === '') return EMPTY;
  const params: QueryParam[] = [];
  const values = new Map<string, string>();
  let repeated: Set<string> | null = null;
  for (const raw of query.split('&')) {
    const equals = raw.indexOf('=');
    const name = readName(equals < 0 ? raw : raw.slice(0, equals));
    params.push({ raw, name });
    if (name === '') continue;
    if (values.has(name)) {
      repeated ??= new Set();
      repeated.add(name);
    } else {
      values.set(name, equals < 0 ? '' : raw.slice(equals + 1));
    }
  }
  return { params, values, repeated: repeated ?? NONE };
}

/** The first value of a parameter, percent-decoded; null when the parameter is absent. */
export function readValue(query: Query, name: string): string | null {
  const value = query.values.get(name);
  return value === undefined ? null : decodeOrKeep(value);
}

/** Percent-decodes; text that is not valid percent-encoded UTF-8 comes back as it was. */
export function decodeOrKeep(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readName(raw: string): string {
  return decodeOrKeep(raw).toLowerCase();
}
