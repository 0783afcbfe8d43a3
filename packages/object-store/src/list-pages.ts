import type { ListPage } from './object-store.js';

/** Page after page, from behind `after`. */
export async function* listPages(
  readPage: (after: string | null) => Promise<ListPage>,
  after: string | null,
): AsyncGenerator<ListPage, void, undefined> {
  for (let from = after; ; ) {
    const page = await readPage(from);
    yield page;
    if (page.after === null) return;
    from = page.after;
  }
}
