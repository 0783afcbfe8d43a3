import { limits } from '@latchkey/contract/limits';
import type { Gateway } from '@latchkey/contract/schemas/integration';

const wordsOf = (line: string): string[] => line.split(/\s+/).filter((word) => word !== '');
const filled = (lines: string): string[] => lines.split('\n').filter((line) => line.trim() !== '');

/** One gateway a line: its URL and, behind a space, that of the bucket. */
export const gatewaysOfLines = (lines: string): Gateway[] =>
  filled(lines).map((line) => {
    const [url = '', bucketUrl = null] = wordsOf(line);
    return { url, bucketUrl };
  });

export const linesOfGateways = (gateways: readonly Gateway[]): string =>
  gateways.map(({ url, bucketUrl }) => (bucketUrl === null ? url : `${url} ${bucketUrl}`)).join('\n');

/** The first thing wrong with the lines, or null. What a bucket URL may be is checked by the server. */
export function gatewaysProblem(lines: string): string | null {
  const given = filled(lines);
  if (given.length > limits.gateways) return `At most ${limits.gateways} gateways.`;
  for (const line of given) {
    const [url = '', ...rest] = wordsOf(line);
    if (!/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url))
      return `"${url.slice(0, 60)}": write the gateway as https://data.example.com/.`;
    if (rest.length > 1) return `"${url.slice(0, 60)}": one gateway a line, with one bucket at most.`;
  }
  return null;
}
