import { Loader, NumberInput, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  IconArrowsHorizontal,
  IconChevronLeft,
  IconChevronRight,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import 'react-pdf/dist/Page/AnnotationLayer.css';
import 'react-pdf/dist/Page/TextLayer.css';
import { Document, Page } from 'react-pdf';
import { clearHits, highlightHits } from './pdf/highlight-hits.js';
import { PdfSearch } from './pdf/pdf-search.js';
import { type PdfDocument, usePdfSearch } from './pdf/use-pdf-search.js';
import { pdfOptions } from './pdf-options.js';
import { ToolButton } from './tool-button.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

const zooms = { min: 0.25, max: 6, step: 1.25 };

export function PdfViewer({ url, attempt, onReady, onFail }: ViewerProps) {
  const { ref, width } = useElementSize();
  const [pdf, setPdf] = useState<PdfDocument | null>(null);
  const pageCount = pdf?.numPages ?? null;
  const [page, setPage] = useState(1);
  /** 1: as wide as the frame. */
  const [zoom, setZoom] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a new source, though the URL is the same.
  const file = useMemo(() => ({ url }), [url, attempt]);
  const goTo = (target: number) => setPage(Math.min(Math.max(target, 1), pageCount ?? 1));
  const { query, setQuery, search, pageRef, searchInput, markHits } = useSearchOfPage(pdf, page, setPage);
  const zoomBy = (factor: number) => setZoom(Math.min(Math.max(zoom * factor, zooms.min), zooms.max));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
    if (event.key === 'PageDown' || event.key === 'n') goTo(page + 1);
    else if (event.key === 'PageUp' || event.key === 'p') goTo(page - 1);
    else if (event.key === '+' || event.key === '=') zoomBy(zooms.step);
    else if (event.key === '-') zoomBy(1 / zooms.step);
    else if (event.key === '/') searchInput.current?.focus();
    else return;
    event.preventDefault();
  };
  const loading = (
    <div className={classes['loading']}>
      <Loader aria-label="Loading the PDF" />
    </div>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the pages and the buttons.
    <div className={classes['viewer']} onKeyDown={onKeyDown}>
      <div className={classes['toolbar']} role="toolbar" aria-label="PDF">
        <ToolButton label="Previous page (Page up)" disabled={page <= 1} onClick={() => goTo(page - 1)}>
          <IconChevronLeft size={18} aria-hidden />
        </ToolButton>
        <NumberInput
          aria-label="Page"
          size="xs"
          w={64}
          hideControls
          allowDecimal={false}
          min={1}
          max={pageCount ?? 1}
          value={page}
          onChange={(value) => typeof value === 'number' && goTo(value)}
        />
        <Text size="sm">of {pageCount ?? '…'}</Text>
        <ToolButton
          label="Next page (Page down)"
          disabled={page >= (pageCount ?? 1)}
          onClick={() => goTo(page + 1)}
        >
          <IconChevronRight size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Zoom out (-)" onClick={() => zoomBy(1 / zooms.step)}>
          <IconZoomOut size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Zoom in (+)" onClick={() => zoomBy(zooms.step)}>
          <IconZoomIn size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Fit the width" onClick={() => setZoom(1)}>
          <IconArrowsHorizontal size={18} aria-hidden />
        </ToolButton>
        <Text size="sm" c="dimmed">
          {Math.round(zoom * 100)}% of the width
        </Text>
        <PdfSearch query={query} onQuery={setQuery} search={search} input={searchInput} />
      </div>
      <section
        className={`${classes['stage']} ${classes['scrolling']}`}
        aria-label={`Page ${page}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        ref={ref}
      >
        <Document
          file={file}
          options={pdfOptions}
          suspense={false}
          loading={loading}
          error=""
          onLoadSuccess={(loaded) => {
            setPdf(loaded);
            onReady();
          }}
          onLoadError={onFail}
          onItemClick={({ pageNumber }) => goTo(pageNumber)}
        >
          {width > 0 && (
            <Page
              className={classes['page'] ?? ''}
              inputRef={pageRef}
              pageNumber={page}
              width={Math.max((width - 26) * zoom, 50)}
              loading={loading}
              error=""
              onLoadError={onFail}
              onRenderError={onFail}
              onRenderTextLayerSuccess={markHits}
            />
          )}
        </Document>
      </section>
    </div>
  );
}

/** Finds text, goes to the page of the current hit, and marks the hits of the page that is drawn. */
function useSearchOfPage(pdf: PdfDocument | null, page: number, showPage: (page: number) => void) {
  const [query, setQuery] = useState('');
  const search = usePdfSearch(pdf, query);
  const { hit } = search;
  const pageRef = useRef<HTMLDivElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const pageOfHit = hit?.page;
  useEffect(() => {
    if (pageOfHit !== undefined) showPage(pageOfHit);
  }, [pageOfHit, showPage]);
  const markHits = () => {
    const layer = pageRef.current?.querySelector('.textLayer');
    const range = layer && highlightHits(layer, query, hit?.page === page ? hit.index : null);
    range?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks again for each hit and query; a new page marks itself.
  useEffect(() => {
    markHits();
  }, [query, hit]);
  useEffect(() => clearHits, []);
  return { query, setQuery, search, pageRef, searchInput, markHits };
}
