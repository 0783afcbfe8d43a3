/// <reference path="./pdfjs-worker.d.ts" />

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loaded: Promise<PdfJs> | undefined;

/** pdf.js with its worker in this thread: measuring runs in a worker already, and starts no other inside it. */
export function loadPdfJs(): Promise<PdfJs> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<PdfJs> {
  const scope = globalThis as { window?: unknown };
  // pdf.js takes a browser's worker without a window for one that was started for it: it posts a message to the page,
  // and listens to those that come from there.
  const isOurWorker = scope.window === undefined && 'onmessage' in scope;
  if (isOurWorker) scope.window = scope;
  try {
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  } finally {
    if (isOurWorker) delete scope.window;
  }
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}
