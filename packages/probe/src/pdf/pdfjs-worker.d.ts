/** Sets `globalThis.pdfjsWorker`, which pdf.js then runs in the thread that it is in. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
