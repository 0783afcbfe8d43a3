import { limits } from '@latchkey/contract/limits';
import * as folderRoutes from '@latchkey/contract/routes/folders';
import * as itemRoutes from '@latchkey/contract/routes/items';
import type { JsonObject, UserRole } from '@latchkey/contract/schemas/common';
import type { Folder, FolderSummary, ListFoldersQuery, PatchFolder } from '@latchkey/contract/schemas/folder';
import type { DataGroupInput, Item, ListItemsQuery } from '@latchkey/contract/schemas/item';
import type {
  UnitError,
  UnitResult,
  UploadJob,
  UploadJobResult,
} from '@latchkey/contract/schemas/upload-job';
import * as downloads from './downloads.js';
import { type ExportFolderOptions, exportFolder, type ItemExport } from './exports.js';
import { followUploadJob } from './follow-upload-job.js';
import type { JobAddress } from './job-address.js';
import { bundlesOf, entriesOfPages } from './pages.js';
import type { Transport } from './transport.js';
import * as jobs from './upload-jobs.js';
import type { OpenManifestFile } from './upload-manifest.js';
import { type WaitOptions, waitForUploadJob } from './wait-for-upload-job.js';

/** What the objects of the SDK need to make calls. */
export interface ClientContext {
  readonly transport: Transport;
  readonly openManifestFile?: OpenManifestFile | undefined;
}

export type ListItemsOptions = Omit<ListItemsQuery, 'pageToken'>;
export type ListFoldersOptions = Omit<ListFoldersQuery, 'pageToken'>;
type FolderReference = StorageFolder | string;

export const uuidOf = (folder: FolderReference): string =>
  typeof folder === 'string' ? folder : folder.uuid;

/**
 * A folder of items. Made by {@link StorageClient}, not by `new`.
 *
 * @example
 * const folder = await client.createStorageFolder('Street scenes');
 * const job = await folder.addPrivateDataToFolderStart({ integrationId, manifest: 'manifest.json' });
 * const result = await folder.addPrivateDataToFolderGetResult(job);
 * for await (const item of folder.listItems()) console.log(item.name);
 */
export class StorageFolder {
  #context: ClientContext;
  #data: Folder;

  constructor(context: ClientContext, data: Folder) {
    this.#context = context;
    this.#data = data;
  }

  get uuid(): string {
    return this.#data.uuid;
  }
  get name(): string {
    return this.#data.name;
  }
  get description(): string {
    return this.#data.description;
  }
  /** UUID of the folder above; null at the top level. */
  get parentUuid(): string | null {
    return this.#data.parent;
  }
  get userRole(): UserRole {
    return this.#data.userRole;
  }
  get clientMetadata(): JsonObject | null {
    const text = this.#data.clientMetadata;
    return text === null ? null : (JSON.parse(text) as JsonObject);
  }
  /** The folder as the API describes it, as of the last call that fetched it. */
  get data(): Folder {
    return this.#data;
  }

  /**
   * Items directly in the folder; pages are fetched as they are needed.
   *
   * @example
   * for await (const item of folder.listItems({ itemTypes: ['image'] })) console.log(item.name);
   */
  listItems(options: Omit<ListItemsOptions, 'isRecursive'> = {}): AsyncIterable<Item> {
    return this.#items(options);
  }

  /** Items in the folder and in all folders below it. */
  findItems(options: Omit<ListItemsOptions, 'isRecursive'> = {}): AsyncIterable<Item> {
    return this.#items({ ...options, isRecursive: true });
  }

  /** Folders directly in this one. */
  listSubfolders(options: Omit<ListFoldersOptions, 'isRecursive'> = {}): AsyncIterable<StorageFolder> {
    return this.#folders(options);
  }

  /** All folders below this one. */
  findSubfolders(options: Omit<ListFoldersOptions, 'isRecursive'> = {}): AsyncIterable<StorageFolder> {
    return this.#folders({ ...options, isRecursive: true });
  }

  /**
   * Starts registering the files that a manifest lists, and answers the UUID of the upload job. The job goes on
   * without this process. When the connection breaks the call is repeated with the same idempotency key, so that no
   * second job starts; a manifest that can be read only once is sent once.
   *
   * @example
   * const job = await folder.addPrivateDataToFolderStart({
   *   integrationId,
   *   manifest: { images: [{ objectUrl: 'https://bucket.example.com/a.jpg?X-Amz-Signature=...' }] },
   *   ignoreErrors: true,
   * });
   */
  addPrivateDataToFolderStart(options: jobs.StartOptions): Promise<string> {
    return jobs.startUploadJob(this.#context, this.uuid, options);
  }

  /**
   * Waits until an upload job has finished (`status` other than `PENDING`) or `timeoutSeconds` (7 days) have passed,
   * and answers the job as it then stands. A job that failed is an answer too, not an exception.
   *
   * @example
   * const result = await folder.addPrivateDataToFolderGetResult(job, {
   *   onProgress: ({ unitsDoneCount, unitsTotalCount }) => console.log(`${unitsDoneCount} of ${unitsTotalCount}`),
   * });
   * for (const failed of result.unitErrors) console.log(failed.objectUrls[0], failed.error);
   */
  addPrivateDataToFolderGetResult(jobUuid: string, options: WaitOptions = {}): Promise<UploadJobResult> {
    return waitForUploadJob(this.#context.transport, this.#job(jobUuid), options);
  }

  /**
   * An upload job now, and whenever it has moved on, until it has finished.
   *
   * @throws ApiError when events do not get through; `addPrivateDataToFolderGetResult` then asks again and again.
   * @example
   * for await (const state of folder.followUploadJob(job)) console.log(state.phase, state.unitsPerSecond, state.secondsLeft);
   */
  followUploadJob(jobUuid: string, options: { signal?: AbortSignal } = {}): AsyncIterable<UploadJob> {
    return followUploadJob(this.#context.transport, this.#job(jobUuid), options);
  }

  /** Cancels what is not registered yet; what is registered stays. Answers the number of cancelled units. */
  async cancelUploadJob(jobUuid: string): Promise<{ unitsCancelledCount: number }> {
    return jobs.cancelUploadJob(this.#context.transport, this.#job(jobUuid));
  }

  /** Upload jobs of this folder, newest first. */
  listUploadJobs(options: { pageSize?: number } = {}): AsyncIterable<UploadJob> {
    return jobs.listUploadJobs(this.#context.transport, this.uuid, options);
  }

  /** Every failed unit of a job, in the order of the manifest; the result of a job holds the first ones only. */
  listUnitErrors(jobUuid: string, options: { pageSize?: number } = {}): AsyncIterable<UnitError> {
    return jobs.listUnitErrors(this.#context.transport, this.#job(jobUuid), options);
  }

  /**
   * What became of each unit of a job, in the order of the manifest: item, URL without its signature, error.
   *
   * @example
   * for await (const unit of folder.listUnitResults(job, { outcomes: ['created'] })) console.log(unit.position, unit.itemUuid);
   */
  listUnitResults(jobUuid: string, options: jobs.ListUnitResultsOptions = {}): AsyncIterable<UnitResult> {
    return jobs.listUnitResults(this.#context.transport, this.#job(jobUuid), options);
  }

  /**
   * Every failed unit of a job as CSV (default) or NDJSON, as a stream.
   *
   * @example
   * const { content } = await folder.downloadUnitErrors(job, { format: 'ndjson' });
   * await pipeline(content, createWriteStream('errors.ndjson'));
   */
  downloadUnitErrors(
    jobUuid: string,
    options: { format?: downloads.UnitErrorsFormat; signal?: AbortSignal } = {},
  ): Promise<downloads.Download> {
    return downloads.downloadUnitErrors(this.#context.transport, this.#job(jobUuid), options);
  }

  /**
   * A manifest of just the units of a job that failed, in the form in which it was sent, to be corrected and sent again. It
   * holds their signed URLs; the download is recorded in the audit log.
   *
   * @throws ApiError `upload_job_running`, `no_failed_units`, `manifest_not_kept`.
   */
  downloadFailedUnits(
    jobUuid: string,
    options: { includeCancelled?: boolean; signal?: AbortSignal } = {},
  ): Promise<downloads.Download> {
    return downloads.downloadFailedUnits(this.#context.transport, this.#job(jobUuid), options);
  }

  /**
   * What the folder holds as a file: a manifest, or the task file of a labelling tool. It comes as a stream; leaving
   * it early ends it. Signed URLs are in it with `withSignatures` alone, and are recorded in the audit log.
   *
   * @example
   * const { content, report } = await folder.export({ format: 'coco', isRecursive: true });
   * await pipeline(content, createWriteStream('coco.json'));
   * for (const { itemType, reason, count } of (await report()).leftOut) console.log(count, itemType, reason);
   */
  export(options: ExportFolderOptions): Promise<ItemExport> {
    return exportFolder(this.#context.transport, this.uuid, options);
  }

  /** Changes name, description or client metadata, which replaces the one before. */
  async update(changes: PatchFolder): Promise<void> {
    const params = { folderUuid: this.uuid };
    this.#data = await this.#context.transport.call(folderRoutes.patchFolder, { params, body: changes });
  }

  /** Deletes the folder; with `recursive` also what is in it. The data stays in its bucket. */
  async delete(options: { recursive?: boolean } = {}): Promise<void> {
    const params = { folderUuid: this.uuid };
    await this.#context.transport.call(folderRoutes.deleteFolder, { params, query: options });
  }

  /** Counts and total size of what is directly in the folder. */
  getSummary(): Promise<FolderSummary> {
    return this.#context.transport.call(folderRoutes.getFolderSummary, { params: { folderUuid: this.uuid } });
  }

  /** Moves the folder below another one, or with null to the top level. */
  async moveToFolder(target: FolderReference | null): Promise<void> {
    const body = { folderUuids: [this.uuid], newParentUuid: target === null ? null : uuidOf(target) };
    await this.#context.transport.call(folderRoutes.moveFolders, { body });
    await this.refetchData();
  }

  /** Moves items of this folder to another one, in bundles of 1000, each of which moves as a whole or not at all. */
  async moveItemsToFolder(target: FolderReference, itemUuids: readonly string[]): Promise<void> {
    const newParentUuid = uuidOf(target);
    for (const bundle of bundlesOf(itemUuids, limits.bulkItems)) {
      const body = { itemUuids: bundle, newParentUuid };
      await this.#context.transport.call(itemRoutes.moveItems, { params: { folderUuid: this.uuid }, body });
    }
  }

  /**
   * Makes data groups of registered items; all or nothing. Answers their UUIDs in the order of the groups.
   *
   * @throws ApiError `data_group_invalid`, with the group at fault in its details.
   * @example
   * const [group] = await folder.createDataGroups([
   *   { name: 'both cameras', layoutType: 'default-grid', layoutContents: [front.uuid, rear.uuid] },
   * ]);
   */
  createDataGroups(groups: readonly DataGroupInput[]): Promise<string[]> {
    const params = { folderUuid: this.uuid };
    return this.#context.transport.call(itemRoutes.createDataGroups, { params, body: [...groups] });
  }

  /** Deletes items of this folder, in bundles of 1000. The data stays in its bucket. Answers how many were removed. */
  async deleteItems(itemUuids: readonly string[]): Promise<number> {
    let removed = 0;
    for (const childUuids of bundlesOf(itemUuids, limits.bulkItems)) {
      const options = { params: { folderUuid: this.uuid }, body: { childUuids } };
      const result = await this.#context.transport.call(itemRoutes.deleteItems, options);
      removed += result.removedItemsCount;
    }
    return removed;
  }

  /** Fetches the folder again. */
  async refetchData(): Promise<void> {
    const params = { folderUuid: this.uuid };
    this.#data = await this.#context.transport.call(folderRoutes.getFolder, { params });
  }

  #job(jobUuid: string): JobAddress {
    return { folderUuid: this.uuid, jobUuid };
  }

  #items(options: ListItemsOptions): AsyncIterable<Item> {
    const params = { folderUuid: this.uuid };
    return entriesOfPages((pageToken) =>
      this.#context.transport.call(itemRoutes.listItems, { params, query: { ...options, pageToken } }),
    );
  }

  #folders(options: ListFoldersOptions): AsyncIterable<StorageFolder> {
    const params = { folderUuid: this.uuid };
    return foldersOfPages(this.#context, (pageToken) =>
      this.#context.transport.call(folderRoutes.listSubfolders, { params, query: { ...options, pageToken } }),
    );
  }
}

export async function* foldersOfPages(
  context: ClientContext,
  fetchPage: Parameters<typeof entriesOfPages<Folder>>[0],
): AsyncGenerator<StorageFolder, void, undefined> {
  for await (const folder of entriesOfPages(fetchPage)) yield new StorageFolder(context, folder);
}
