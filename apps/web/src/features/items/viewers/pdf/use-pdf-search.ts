import { useEffect, useState } from 'react';
import type { DocumentProps } from 'react-pdf';
import { findHits, stepped } from './find-hits.js';

/** The document of pdf.js, as react-pdf hands it out. */
export type PdfDocument = Parameters<NonNullable<DocumentProps['onLoadSuccess']>>[0];

export interface PdfHit {
  readonly page: number;
  /** Which of the hits on its page. */
  readonly index: number;
}

interface Search {
  readonly query: string;
  readonly hits: readonly PdfHit[];
  readonly current: number;
  /** Pages that were read. */
  readonly searched: number;
}

const nothing: Search = { query: '', hits: [], current: 0, searched: 0 };
const pause = 250;

async function textOfPage(pdf: PdfDocument, page: number): Promise<string> {
  const { items } = await (await pdf.getPage(page)).getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

/** Reads page after page, from the first, while the user types no further. */
export function usePdfSearch(pdf: PdfDocument | null, query: string) {
  const [search, setSearch] = useState<Search>(nothing);
  useEffect(() => {
    setSearch({ ...nothing, query });
    if (!pdf || query.trim() === '') return;
    let isCurrent = true;
    const run = async () => {
      for (let page = 1; page <= pdf.numPages && isCurrent; page += 1) {
        const count = findHits(await textOfPage(pdf, page), query).length;
        const found = Array.from({ length: count }, (_, index) => ({ page, index }));
        if (isCurrent) setSearch((last) => ({ ...last, hits: [...last.hits, ...found], searched: page }));
      }
    };
    // A page that cannot be read is shown as such; the search ends there.
    const timer = setTimeout(() => void run().catch(() => undefined), pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [pdf, query]);
  const { hits, current, searched } = search;
  return {
    hits,
    current,
    hit: hits[current] ?? null,
    isDone: pdf !== null && searched === pdf.numPages,
    step: (by: number) =>
      setSearch((last) => ({ ...last, current: stepped(last.current, by, last.hits.length) })),
  };
}
