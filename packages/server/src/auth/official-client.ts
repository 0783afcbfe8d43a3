/** The first version of the official Python client that knows time series. */
const firstWithTimeSeries = [0, 1, 205] as const;

/** An older official client refuses a whole page for one item of a type that it does not know. */
export function knowsTimeSeries(userAgent: string | undefined): boolean {
  const match = /^encord-sdk-python\/(\d+)\.(\d+)\.(\d+)/.exec(userAgent ?? '');
  if (!match) return true;
  const version = match.slice(1).map(Number);
  for (const [index, least] of firstWithTimeSeries.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
