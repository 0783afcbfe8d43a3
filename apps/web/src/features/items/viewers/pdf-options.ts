import { pdfjs } from 'react-pdf';

// A file of our own origin: the page's security policy allows no other scripts.
pdfjs.GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;

/** Character maps, fonts and decoders of pdf.js by file name, each a file of the build that is loaded on demand. */
const files: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(
      '../../../../../../node_modules/pdfjs-dist/{cmaps/*.bcmap,standard_fonts/*.{ttf,pfb},wasm/{jbig2,openjpeg}.wasm}',
      { eager: true, query: '?url', import: 'default' },
    ),
  ).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
);

/** Looks the names up that pdf.js asks for, since the files of the build have names of their own. */
class BundledFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = files[filename];
    if (!url) throw new Error(`The PDF asks for "${filename}", which is not part of the viewer.`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`Loading "${filename}" was answered with ${response.status}.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** One object for all documents: another one would make them load anew. */
export const pdfOptions = {
  // Only the ranges that the shown page needs, not the whole file behind it.
  disableAutoFetch: true,
  disableStream: true,
  BinaryDataFactory: BundledFiles,
  useWorkerFetch: false,
  // Not read, as the factory knows the files; they must be set for pdf.js to ask for them.
  cMapUrl: '/',
  standardFontDataUrl: '/',
  wasmUrl: '/',
};
