/** Exact hosts (with the port, unless it is the default one) and `*.domain`, which means every host below it. */
export function compileHostRules(allowedHosts: readonly string[]): (host: string) => boolean {
  if (allowedHosts.length === 0) return () => true;
  const exact = new Set<string>();
  const suffixes: string[] = [];
  for (const rule of allowedHosts) {
    const host = rule.trim().toLowerCase();
    if (host.startsWith('*.')) suffixes.push(host.slice(1));
    else exact.add(host);
  }
  return (host) =>
    exact.has(host) || suffixes.some((suffix) => host.length > suffix.length && host.endsWith(suffix));
}
