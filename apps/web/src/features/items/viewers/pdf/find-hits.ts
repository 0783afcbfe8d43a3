/** In one spelling for finding, letter by letter, so that places stay the same. */
export function findable(text: string): string {
  const spaced = text.replaceAll(/\s/g, ' ');
  const lower = spaced.toLowerCase();
  return lower.length === spaced.length ? lower : spaced;
}

/** Where a query is found, without overlaps; nowhere for an empty one. */
export function findHits(text: string, query: string): number[] {
  const [where, what] = [findable(text), findable(query.trim())];
  const hits: number[] = [];
  if (what === '') return hits;
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) hits.push(at);
  return hits;
}

/** From a hit to the next or the one before, round the ends. */
export const stepped = (current: number, step: number, count: number): number =>
  count === 0 ? 0 : (current + step + count) % count;
