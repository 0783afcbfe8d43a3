import { locate } from '@latchkey/locator/locate';
import { type RateCase, rateRow } from '../measure/rate-rounds.js';
import type { Report } from '../measure/report.js';
import type { BenchRun } from '../system/bench-run.js';
import { signedUrl, signingQuery } from '../workload/signed-url.js';

const keyOf = (index: number): string => `fleet/${index % 90}/frame ${index}.jpg`;
const escaped = (index: number): string => keyOf(index).replaceAll(' ', '%20');
const sas =
  'sv=2024-11-04&spr=https&se=2026-03-01T13%3A00%3A00Z&sr=b&sp=r&sig=Zm9v%2BYmFyYmF6cXV4Zm9vYmFyYmF6cXV4%3D';

/** How fast identity and expiry are read from a URL, beside `new URL()` of the same text. */
export async function runIdentity({ options, workload }: BenchRun): Promise<Report> {
  const { items, seed, rounds } = options;
  const query = signingQuery(workload);
  const kinds: Readonly<Record<string, (index: number) => string>> = {
    'signed for S3, 408 characters': (index) => signedUrl(seed, index, 0, query, 'jpg'),
    'Azure SAS': (index) => `https://acme.blob.core.windows.net/media/${escaped(index)}?${sas}`,
    'without a signature': (index) => `https://media.acme.com/${escaped(index)}`,
  };
  const problems: string[] = [];
  const rows = Object.entries(kinds).map(([what, urlOf]) => {
    // Made before the clock starts; few enough to stay at hand.
    const urls = Array.from({ length: Math.min(items, 10_000) }, (_, index) => urlOf(index));
    const at = (index: number): string => urls[index % urls.length] ?? '';
    if (urls.some((url) => !locate(url).ok)) problems.push(`A URL of "${what}" was not understood.`);
    const rate: RateCase = {
      what,
      unit: 'URLs/s',
      work: (index) => locate(at(index)),
      floor: (index) => new URL(at(index)),
    };
    return rateRow(rate, items, rounds);
  });
  return {
    benchmark: 'identity',
    items,
    engine: 'no database',
    rows,
    notes: [`Medians of ${rounds} round(s) in one thread. Floor: new URL() of the same texts.`],
    problems,
    details: { rows },
  };
}
