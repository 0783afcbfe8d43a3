import createLazPerf from 'laz-perf/lib/worker/laz-perf.js';
import lazWasm from 'laz-perf/lib/worker/laz-perf.wasm?url';
import { buildCloud, type PointCloud, strideFor } from './point-cloud.js';
import { UnreadableCloud } from './read/point-columns.js';
import type { LazModule } from './read/read-laz.js';
import { readPoints } from './read/read-points.js';

export type CloudAnswer = { readonly cloud: PointCloud } | { readonly problem: string };

/** Its types need those of Emscripten, which are not installed for this one call. */
const createLaz = createLazPerf as unknown as (options: { locateFile: () => string }) => Promise<LazModule>;

async function answer(bytes: Uint8Array): Promise<CloudAnswer> {
  try {
    const points = await readPoints(bytes, strideFor, () => createLaz({ locateFile: () => lazWasm }));
    return { cloud: buildCloud(points) };
  } catch (error) {
    if (error instanceof UnreadableCloud) return { problem: error.message };
    const isMemory = error instanceof RangeError;
    return {
      problem: isMemory
        ? 'The points do not fit into the memory that the browser gives to a page.'
        : `The file is damaged: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  const given = await answer(data);
  const buffers =
    'cloud' in given
      ? [given.cloud.positions, given.cloud.colours, ...given.cloud.scalars.map(({ values }) => values)]
      : [];
  postMessage(given, { transfer: buffers.flatMap((array) => (array ? [array.buffer] : [])) });
});
