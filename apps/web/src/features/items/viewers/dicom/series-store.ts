import { ObjectDownload } from '../loading/object-download.js';
import { addFile, decode, newImageId, removeImages } from './cornerstone.js';
import { type DicomFile, readDicomFile } from './dicom-file.js';
import { orderSlices } from './placement.js';
import { placementOfFrame, placementOfItem } from './slice-placement.js';
import { type Slice, type Source, sliceKey } from './slices.js';

/** Downloads at the same time: as many as browsers open to one host over HTTP/1.1. */
const parallel = 6;
/** Milliseconds between two redraws while slices arrive. */
const noticeInterval = 60;

interface Entry {
  readonly source: Source;
  readonly imageId: string;
  url: string;
  readonly download: ObjectDownload;
  stage: 'waiting' | 'loading' | 'done';
  slices: readonly Slice[];
}

/** Gives fresh URLs by the item's UUID, or null when there are none to be had. */
export type RefreshUrls = () => Promise<ReadonlyMap<string, string> | null>;

/** Loads the files of a series, those around the shown slice first, and keeps their frames. */
export class SeriesStore {
  readonly #entries: readonly Entry[];
  readonly #refreshUrls: RefreshUrls;
  readonly #listeners = new Set<() => void>();
  #stop = new AbortController();
  #slices: readonly Slice[];
  #focus = 0;
  #refreshing: Promise<void> | null = null;
  #notice: ReturnType<typeof setTimeout> | null = null;

  constructor(sources: readonly Source[], refreshUrls: RefreshUrls) {
    const ordered = orderSlices(sources, ({ item }) => placementOfItem(item));
    this.#entries = ordered.map((source) => {
      const imageId = newImageId();
      const slices = [waitingSlice(source, imageId)];
      return { source, imageId, url: source.url, download: new ObjectDownload(), stage: 'waiting', slices };
    });
    this.#refreshUrls = refreshUrls;
    this.#slices = this.#entries.flatMap(({ slices }) => slices);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSlices = (): readonly Slice[] => this.#slices;

  /** Loads until all is there; after `close` it may be called again. */
  start(): void {
    this.#stop = new AbortController();
    for (let worker = 0; worker < parallel; worker += 1) void this.#work(this.#stop.signal);
  }

  /** Aborts what is loading and gives all memory back. */
  close(): void {
    this.#stop.abort();
    if (this.#notice) clearTimeout(this.#notice);
    this.#notice = null;
    for (const entry of this.#entries) this.#reset(entry);
    this.#slices = this.#entries.flatMap(({ slices }) => slices);
  }

  focus(index: number): void {
    this.#focus = index;
  }

  /** Loads anew what failed, by other URLs where there are some. */
  retry(urls: ReadonlyMap<string, string> | null): void {
    this.#takeUrls(urls);
    const failed = this.#entries.filter(({ slices }) => slices.some(({ state }) => state.kind === 'failed'));
    for (const entry of failed) this.#reset(entry);
    this.#publish();
    for (let worker = 0; worker < Math.min(parallel, failed.length); worker += 1)
      void this.#work(this.#stop.signal);
  }

  /** A frame that turned out not to be decodable when it was shown. */
  fail(key: string, error: unknown): void {
    const entry = this.#entries.find(({ slices }) => slices.some((slice) => slice.key === key));
    if (!entry) return;
    entry.slices = entry.slices.map((slice) =>
      slice.key === key ? { ...slice, state: { kind: 'failed', error } } : slice,
    );
    this.#publish();
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (let entry = this.#next(); entry && !signal.aborted; entry = this.#next()) {
      entry.stage = 'loading';
      const slices = await this.#load(entry, signal);
      if (signal.aborted) return removeImages(slices.map(({ imageId }) => imageId));
      entry.slices = slices;
      entry.stage = 'done';
      this.#publish();
    }
  }

  #next(): Entry | undefined {
    const focused = this.#slices[this.#focus]?.item.uuid;
    const centre = this.#entries.findIndex(({ source }) => source.item.uuid === focused);
    let nearest: { entry: Entry; distance: number } | undefined;
    for (const [index, entry] of this.#entries.entries()) {
      const distance = Math.abs(index - centre);
      if (entry.stage === 'waiting' && (!nearest || distance < nearest.distance))
        nearest = { entry, distance };
    }
    return nearest?.entry;
  }

  async #load(entry: Entry, signal: AbortSignal): Promise<readonly Slice[]> {
    const { source, imageId } = entry;
    try {
      const file = await readDicomFile(await this.#download(entry, signal));
      const imageIds = await addFile(imageId, file);
      await decode(imageIds[0] ?? imageId);
      return imageIds.map((frameId, frame) => readySlice(source, file, frameId, frame));
    } catch (error) {
      removeImages([imageId]);
      return [{ ...waitingSlice(source, imageId), state: { kind: 'failed', error } }];
    }
  }

  async #download(entry: Entry, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { url } = entry;
    try {
      return await entry.download.run(url, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      await this.#refresh();
      if (entry.url === url) throw error;
      return await entry.download.run(entry.url, { signal });
    }
  }

  /** All failures of one moment share one request for fresh URLs. */
  async #refresh(): Promise<void> {
    this.#refreshing ??= this.#refreshUrls().then((urls) => this.#takeUrls(urls));
    await this.#refreshing.finally(() => {
      this.#refreshing = null;
    });
  }

  #takeUrls(urls: ReadonlyMap<string, string> | null): void {
    for (const entry of this.#entries) entry.url = urls?.get(entry.source.item.uuid) ?? entry.url;
  }

  #reset(entry: Entry): void {
    removeImages(entry.slices.map(({ imageId }) => imageId));
    entry.stage = 'waiting';
    entry.slices = [waitingSlice(entry.source, entry.imageId)];
  }

  #publish(): void {
    this.#notice ??= setTimeout(() => {
      this.#notice = null;
      const slices = this.#entries.flatMap((entry) => entry.slices);
      const isLoaded = this.#entries.every(({ stage }) => stage === 'done');
      this.#slices = isLoaded ? orderSlices(slices, ({ placement }) => placement) : slices;
      for (const listener of this.#listeners) listener();
    }, noticeInterval);
  }
}

const waitingSlice = ({ item }: Source, imageId: string): Slice => ({
  key: sliceKey(item.uuid, 0),
  imageId,
  name: item.name,
  item,
  frame: 0,
  placement: placementOfItem(item),
  state: { kind: 'waiting' },
});

const readySlice = ({ item }: Source, file: DicomFile, imageId: string, frame: number): Slice => ({
  key: sliceKey(item.uuid, frame),
  imageId,
  name: file.frameCount > 1 ? `${item.name}, frame ${frame + 1}` : item.name,
  item,
  frame,
  placement: placementOfFrame(file.dataSet, frame),
  state: { kind: 'ready', file },
});
