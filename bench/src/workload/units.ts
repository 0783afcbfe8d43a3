import { hash32 } from './random.js';
import { type Signing, signedUrl, signingQuery } from './signed-url.js';

export interface Workload extends Signing {
  readonly items: number;
  readonly seed: number;
  readonly kind: 'images' | 'videos';
}

/** One unit; texts need no escape in JSON nor in PostgreSQL's COPY format. */
export interface Unit {
  readonly objectUrl: string;
  readonly title: string;
  readonly mimeType: string;
  readonly fileSize: number;
  readonly width: number;
  readonly height: number;
  /** JSON text. */
  readonly clientMetadata: string;
}

/** What the titles hold: in all, in one of a hundred, in one of a hundred thousand, in none. */
export const searches = { common: 'frame', medium: 'dusk', rare: 'eclipse', none: 'zeppelin' } as const;

const rareEvery = 100_000;
const rareAt = 7;
const mediumEvery = 100;
const mediumAt = 42;

/** How many of the first units have it in their title. */
export function matchesAmong(units: number, search: keyof typeof searches): number {
  const among = (at: number, every: number) => Math.floor((units - 1 - at + every) / every);
  return { common: units, medium: among(mediumAt, mediumEvery), rare: among(rareAt, rareEvery), none: 0 }[
    search
  ];
}

const salts = { size: 0, camera: 1, site: 2, run: 3 } as const;
const nonAsciiEvery = 50;
const widths = [1280, 1920, 2560, 3840] as const;

/** The same units for the same workload; those of a larger one begin with those of a smaller one. */
export function* unitsOf(workload: Workload): Generator<Unit, void, undefined> {
  const query = signingQuery(workload);
  for (let index = 0; index < workload.items; index += 1) yield unitAt(workload, index, query);
}

function unitAt({ seed, kind, generation }: Workload, index: number, query: string): Unit {
  const isVideo = kind === 'videos';
  const number = (salt: number) => hash32(seed, index, salt);
  const width = widths[number(salts.camera) % widths.length] ?? 1920;
  const site = 10 + (number(salts.site) % 90);
  const run = 1000 + (number(salts.run) % 9000);
  return {
    objectUrl: signedUrl(isVideo ? seed + 1 : seed, index, generation, query, isVideo ? 'mp4' : 'jpg'),
    title: titleOf(index, site, isVideo ? 'mp4' : 'jpg'),
    mimeType: isVideo ? 'video/mp4' : 'image/jpeg',
    fileSize: 200_000 + (number(salts.size) % 4_000_000),
    width,
    height: (width * 9) / 16,
    clientMetadata: `{"site":"turin-${site}","weather":"overcast","split":"train","run":${run}}`,
  };
}

function titleOf(index: number, site: number, extension: string): string {
  const camera = index % nonAsciiEvery === 0 ? 'カメラ' : 'cam';
  return `${camera}-${site} frame-${String(index).padStart(9, '0')} ${lightOf(index)}.${extension}`;
}

function lightOf(index: number): string {
  if (index % rareEvery === rareAt) return searches.rare;
  return index % mediumEvery === mediumAt ? searches.medium : 'day';
}
