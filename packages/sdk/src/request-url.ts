type Value = string | number | boolean;

/** Fills `{name}` of a route's path and appends the query; a list repeats its key, undefined and null are left out. */
export function requestPath(
  template: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === null || value === '')
      throw new TypeError(`The path ${template} needs "${name}".`);
    return encodeURIComponent(String(value));
  });
  const pairs = Object.entries(query).flatMap(([key, value]) => valuesOf(value).map((one) => pair(key, one)));
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function valuesOf(value: unknown): readonly Value[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as readonly Value[];
}

const pair = (key: string, value: Value) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`;

/** Path with query as it goes over the wire, which is what a signature covers. */
export function requestTarget(url: string): string {
  const parsed = new URL(url, 'http://same-origin');
  return parsed.pathname + parsed.search;
}
