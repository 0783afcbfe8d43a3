import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { describe, expect, test } from 'vitest';
import { filledManifest, filledName } from './filled-manifest.js';
import { openManifest } from './manifest-stream.js';
import { type Measure, measureLacking } from './measure-objects.js';
import type { MeasurementStore } from './measurement-store.js';
import { surveyManifest } from './survey.js';
import { verifySample } from './verify-sample.js';

const imageMetadata = { mimeType: 'image/png', fileSize: 10, width: 4, height: 3 };
const query =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261123%2Fr%2Fs3%2Faws4_request&X-Amz-Date=20261123T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=';
const url = (name: string | number, signature = 's') =>
  `https://b.s3.amazonaws.com/${name}?${query}${signature}`;
const fileOf = (manifest: unknown, name = 'm.json') => new File([JSON.stringify(manifest)], name);

function memoryStore(): MeasurementStore & { readonly kept: Map<string, MediaMetadata> } {
  const kept = new Map<string, MediaMetadata>();
  return {
    kept,
    find: async (keys) => new Map([...kept].filter(([key]) => keys.includes(key))),
    add: async (measurements) => {
      for (const [key, metadata] of measurements) kept.set(key, metadata);
    },
  };
}

function opened(file: File) {
  const manifest = openManifest(file);
  if (!manifest) throw new Error('no manifest');
  return manifest;
}

async function run(
  file: File,
  store: MeasurementStore,
  measure: Measure,
  signal = new AbortController().signal,
) {
  const counts = { measured: 0, failed: [] as number[] };
  const events = {
    onMeasured: (count: number) => {
      counts.measured += count;
    },
    onFailed: ({ unit }: { unit: { element: number } }) => counts.failed.push(unit.element),
  };
  await measureLacking(opened(file), store, measure, events, signal);
  return counts;
}

const manifest = {
  images: Array.from({ length: 300 }, (_, index) => ({ objectUrl: url(index % 250) })),
  videos: [{ objectUrl: 'nowhere' }],
};

describe('measuring a manifest', () => {
  test('measures each object once, keeps it, and tells what failed', async () => {
    const asked: string[] = [];
    const store = memoryStore();
    const counts = await run(fileOf(manifest), store, async ({ objectUrl }) => {
      asked.push(objectUrl);
      if (objectUrl === url(7)) throw new Error('damaged');
      return imageMetadata;
    });
    expect(counts.measured).toBe(298);
    expect(counts.failed).toEqual([7, 257]);
    expect(new Set(asked).size).toBe(250);
    expect(store.kept.size).toBe(249);
  });

  test('goes on where it was left, also with other signatures', async () => {
    const store = memoryStore();
    const controller = new AbortController();
    let count = 0;
    const first = run(
      fileOf(manifest),
      store,
      async () => {
        count += 1;
        if (count === 120) controller.abort();
        return imageMetadata;
      },
      controller.signal,
    );
    await expect(first).rejects.toThrow();
    const kept = store.kept.size;
    expect(kept).toBeGreaterThanOrEqual(120);
    expect(kept).toBeLessThan(250);
    const again = {
      images: manifest.images.map(({ objectUrl }) => ({ objectUrl: `${objectUrl}-later` })),
    };
    let measured = 0;
    await run(fileOf(again), store, async () => {
      measured += 1;
      return imageMetadata;
    });
    expect(measured).toBe(250 - kept);
  });

  test('is surveyed before, and filled in after', async () => {
    const store = memoryStore();
    const groups = [{ objectUrl_0: url('a'), imageMetadata_0: imageMetadata, objectUrl_1: url('b') }];
    const scene = { front: { type: 'image', events: [{ uri: url('c') }] } };
    const file = fileOf({ ...manifest, image_groups: groups, scenes: [{ scene }] });
    const { stream, form } = opened(file);
    expect(await surveyManifest(stream, form, store)).toEqual({
      units: 303,
      lacking: 302,
      lackingUnits: 302,
      needed: 301,
      known: 0,
      claimed: 1,
      origins: ['https://b.s3.amazonaws.com'],
    });
    await run(file, store, async () => imageMetadata);
    const filled = await filledManifest(file, store, new AbortController().signal);
    const after = opened(filled);
    expect(await surveyManifest(after.stream, after.form, store)).toMatchObject({ lacking: 0, claimed: 303 });
    expect(JSON.parse(await filled.text()).images[0]).toEqual({ objectUrl: url(0), imageMetadata });
  });

  test('reads what is packed, and makes NDJSON of a table', async () => {
    const csv = `ObjectURL,Image title\n${url(1)},one\n`;
    const packed = new Response(new Blob([csv]).stream().pipeThrough(new CompressionStream('gzip')));
    const file = new File([await packed.blob()], 'Table.CSV.gz');
    const store = memoryStore();
    await run(file, store, async () => imageMetadata);
    const filled = await filledManifest(file, store, new AbortController().signal);
    expect(filled.name).toBe('Table.ndjson');
    expect(JSON.parse((await filled.text()).trim().split('\n').at(-1) ?? '')).toMatchObject({
      title: 'one',
      imageMetadata,
    });
    expect(filledName('a.ndjson.gz')).toBe('a.ndjson');
  });
});

describe('verifying a manifest', () => {
  test('names what is not true, by place and field', async () => {
    const claims = {
      images: [
        { objectUrl: url(1), imageMetadata },
        { objectUrl: url(2), imageMetadata: { ...imageMetadata, width: 5 } },
        { objectUrl: url(3), imageMetadata },
        { objectUrl: url(4) },
      ],
    };
    const verification = await verifySample(opened(fileOf(claims)), 50, async ({ objectUrl }) => {
      if (objectUrl === url(3)) throw new Error('gone');
      return imageMetadata;
    });
    expect(verification.checked).toBe(3);
    expect(verification.findings.map(({ unit, lies, error }) => [unit.element, lies, error])).toEqual([
      [1, [{ field: 'width', claimed: 5, measured: 4 }], null],
      [2, [], new Error('gone')],
    ]);
  });
});
