interface Page<T> {
  readonly results: readonly T[];
  readonly nextPageToken?: string | null;
}

/** All entries of a paged list; a page is fetched when the one before is used up. */
export async function* entriesOfPages<T>(
  fetchPage: (pageToken: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let pageToken: string | undefined;
  do {
    const page = await fetchPage(pageToken);
    yield* page.results;
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
}

export function bundlesOf<T>(entries: readonly T[], size: number): T[][] {
  const bundles: T[][] = [];
  for (let start = 0; start < entries.length; start += size) bundles.push(entries.slice(start, start + size));
  return bundles;
}
