/** What is wrong with a line of the allowed hosts, or null. A scheme or path is the usual slip. */
export function hostProblem(host: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host))
    return `"${host}": leave out "https://" and give the host only, such as ${suggestionFor(host)}.`;
  if (host.includes('/')) return `"${host}": give the host only, without a path.`;
  if (/\s/.test(host)) return `"${host}": one host a line, without spaces.`;
  if (host.length > 260) return `"${host.slice(0, 40)}...": a host has at most 260 characters.`;
  return null;
}

function suggestionFor(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'bucket.example.com';
}

export const hostsOfLines = (lines: string): string[] => [
  ...new Set(
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
