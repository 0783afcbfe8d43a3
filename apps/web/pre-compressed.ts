import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import type { Plugin } from 'vite';

/** Small files are not worth a second one; bitmaps and `index.html`, which is made anew for each load, none. */
const smallestBytes = 1024;
const compressible = /\.(m?js|css|svg|wasm|ttf|bcmap|pfb)$/;

/** Writes `name.br` and `name.gz` beside each file that gets smaller by it, for the server to send as they are. */
export function preCompressed(): Plugin {
  let directory = '';
  return {
    name: 'pre-compressed',
    apply: 'build',
    configResolved: (config) => {
      directory = resolve(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      const page = await readFile(join(directory, 'index.html'), 'utf8');
      const names = (await readdir(directory, { recursive: true })).filter((name) => compressible.test(name));
      // The best compression of all files takes 16 s on two cores, this one a third.
      await Promise.all(names.map((name) => compress(join(directory, name), page.includes(`/${name}"`))));
    },
  };
}

async function compress(path: string, isOfFirstLoad: boolean): Promise<void> {
  const content = await readFile(path);
  if (content.length < smallestBytes) return;
  const quality = isOfFirstLoad ? zlib.BROTLI_MAX_QUALITY : 9;
  const params = { [zlib.BROTLI_PARAM_QUALITY]: quality, [zlib.BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = {
    br: await promisify(brotliCompress)(content, { params }),
    gz: await promisify(gzip)(content, { level: 9 }),
  };
  for (const [ending, bytes] of Object.entries(packed))
    if (bytes.length < content.length) await writeFile(`${path}.${ending}`, bytes);
}
