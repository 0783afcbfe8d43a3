import { limits } from '@latchkey/contract/limits';
import * as folderRoutes from '@latchkey/contract/routes/folders';
import * as integrationRoutes from '@latchkey/contract/routes/integrations';
import * as itemRoutes from '@latchkey/contract/routes/items';
import { getLimits } from '@latchkey/contract/routes/limits';
import { listSecretKeys } from '@latchkey/contract/routes/secret-keys';
import * as sessionRoutes from '@latchkey/contract/routes/session';
import { rotateSigningKey } from '@latchkey/contract/routes/signers';
import type { JsonObject } from '@latchkey/contract/schemas/common';
import type {
  CreateIntegration,
  Integration,
  PatchIntegration,
} from '@latchkey/contract/schemas/integration';
import type { Item } from '@latchkey/contract/schemas/item';
import type { ServerLimits } from '@latchkey/contract/schemas/limits';
import type { SecretKeyList } from '@latchkey/contract/schemas/secret-key';
import type { RotatedSigningKey } from '@latchkey/contract/schemas/signer';
import type { User } from '@latchkey/contract/schemas/user';
import { AuditLog } from './audit-log.js';
import { type ExportItemsOptions, exportItems, type ItemExport } from './exports.js';
import { bundlesOf, entriesOfPages } from './pages.js';
import {
  type ClientContext,
  foldersOfPages,
  type ListFoldersOptions,
  type ListItemsOptions,
  StorageFolder,
  uuidOf,
} from './storage-folder.js';
import { Webhooks } from './webhooks.js';

export interface MigrateStorageOptions {
  /** By UUID. */
  readonly items?: Readonly<Record<string, string | null>>;
  /** By object URL, however it is signed. */
  readonly urls?: Readonly<Record<string, string | null>>;
  /** Items of other integrations stay as they are. */
  readonly fromIntegration?: string;
  readonly toIntegration?: string;
  /** Refuse new URLs that are dead already. */
  readonly validateAccess?: boolean;
  /** Leave out what is not found. */
  readonly skipMissing?: boolean;
}

/** The calls of the client, over any transport: in browsers one with the session cookie, in Node.js {@link LatchkeyClient}. */
export class StorageClient {
  readonly context: ClientContext;
  /** Who did what; for organisation admins. */
  readonly auditLog: AuditLog;
  /** URLs that are told what happens; for organisation admins. */
  readonly webhooks: Webhooks;

  constructor(context: ClientContext) {
    this.context = context;
    this.auditLog = new AuditLog(context.transport);
    this.webhooks = new Webhooks(context.transport);
  }

  /**
   * The integrations you are a member of, or those of the given titles or UUIDs among them.
   *
   * @example
   * const [integration] = await client.getCloudIntegrations({ titles: ['Field cameras'] });
   */
  async getCloudIntegrations(
    options: {
      titles?: readonly string[];
      uuids?: readonly string[];
      /** Organisation admins: those of the whole organisation. */
      includeOrgAccess?: boolean;
    } = {},
  ): Promise<Integration[]> {
    const query = {
      filterIntegrationTitles: options.titles && [...options.titles],
      filterIntegrationUuids: options.uuids && [...options.uuids],
      includeOrgAccess: options.includeOrgAccess,
    };
    const { result } = await this.context.transport.call(integrationRoutes.listIntegrations, { query });
    return result;
  }

  /**
   * Creates a direct access integration; you become its admin.
   *
   * @example
   * await client.createCloudIntegration({
   *   title: 'Field cameras',
   *   strictClientOnly: true,
   *   allowedHosts: ['cameras.s3.eu-west-1.amazonaws.com'],
   * });
   */
  createCloudIntegration(integration: CreateIntegration): Promise<Integration> {
    return this.context.transport.call(integrationRoutes.createIntegration, { body: integration });
  }

  /** Changes what is given and nothing else; a list takes the place of the one before. For its admins. */
  changeCloudIntegration(integrationUuid: string, change: PatchIntegration): Promise<Integration> {
    return this.context.transport.call(integrationRoutes.patchIntegration, {
      params: { integrationUuid },
      body: change,
    });
  }

  /**
   * Replaces the key that signs tokens for signers; for organisation admins. The new one signs from `activeFrom` on.
   * With `compromised` at once, and no token of the keys so far is good any more.
   */
  rotateSigningKey(options: { compromised?: boolean } = {}): Promise<RotatedSigningKey> {
    return this.context.transport.call(rotateSigningKey, { body: options });
  }

  /**
   * Creates a folder, at the top level or below `parent`; you become its admin.
   *
   * @example
   * const folder = await client.createStorageFolder('Street scenes', { clientMetadata: { city: 'Turin' } });
   */
  async createStorageFolder(
    name: string,
    options: {
      description?: string;
      clientMetadata?: JsonObject;
      parent?: StorageFolder | string;
    } = {},
  ): Promise<StorageFolder> {
    const { description, clientMetadata, parent } = options;
    const body = {
      name,
      ...(description !== undefined && { description }),
      ...(clientMetadata && { clientMetadata }),
      ...(parent && { parent: uuidOf(parent) }),
    };
    const folder = await this.context.transport.call(folderRoutes.createFolder, { body });
    return new StorageFolder(this.context, folder);
  }

  /**
   * @throws AuthorisationError (`folder_not_found`) also where there is no such folder.
   * @example
   * const folder = await client.getStorageFolder('0198c1a2-...');
   */
  async getStorageFolder(folderUuid: string): Promise<StorageFolder> {
    const folder = await this.context.transport.call(folderRoutes.getFolder, { params: { folderUuid } });
    return new StorageFolder(this.context, folder);
  }

  /**
   * Top-level folders; pages are fetched as they are needed.
   *
   * @example
   * for await (const folder of client.listStorageFolders({ search: 'street' })) console.log(folder.name);
   */
  listStorageFolders(options: Omit<ListFoldersOptions, 'isRecursive'> = {}): AsyncIterable<StorageFolder> {
    return foldersOfPages(this.context, (pageToken) =>
      this.context.transport.call(folderRoutes.listTopLevelFolders, { query: { ...options, pageToken } }),
    );
  }

  /** Folders at every level. */
  findStorageFolders(options: Omit<ListFoldersOptions, 'isRecursive'> = {}): AsyncIterable<StorageFolder> {
    return foldersOfPages(this.context, (pageToken) =>
      this.context.transport.call(folderRoutes.searchFolders, { query: { ...options, pageToken } }),
    );
  }

  /** Items in every folder; needs `search`, `itemTypes` or an expiry. Within one folder use `StorageFolder.listItems`. */
  findStorageItems(options: Omit<ListItemsOptions, 'isRecursive'>): AsyncIterable<Item> {
    return entriesOfPages((pageToken) =>
      this.context.transport.call(itemRoutes.searchItems, { query: { ...options, pageToken } }),
    );
  }

  /**
   * One item; with `signUrl` also its object URL, byte for byte as it was registered, which is recorded in the audit log.
   *
   * @example
   * const { signedUrl } = await client.getStorageItem(itemUuid, { signUrl: true });
   */
  getStorageItem(itemUuid: string, options: { signUrl?: boolean } = {}): Promise<Item> {
    return this.context.transport.call(itemRoutes.getItem, { params: { itemUuid }, query: options });
  }

  /** Items in the order of the UUIDs, fetched in bundles of 1000. */
  async getStorageItems(itemUuids: readonly string[], options: { signUrl?: boolean } = {}): Promise<Item[]> {
    const items: Item[] = [];
    for (const bundle of bundlesOf(itemUuids, limits.bulkItems)) {
      const body = { itemUuids: bundle, signUrls: options.signUrl ?? false };
      const page = await this.context.transport.call(itemRoutes.getItemsBulk, { body });
      items.push(...page.results);
    }
    return items;
  }

  /**
   * Gives items a new object URL, another integration or both; UUID, name and metadata stay. Each bundle of 1000 is all
   * or nothing. `null` keeps the URL and needs `toIntegration`.
   *
   * @example
   * await client.migrateStorage({ items: { [item.uuid]: freshlySignedUrl } });
   */
  async migrateStorage(options: MigrateStorageOptions): Promise<void> {
    const { fromIntegration, toIntegration, validateAccess, skipMissing } = options;
    const common = {
      ...(fromIntegration !== undefined && { fromIntegrationHash: fromIntegration }),
      ...(toIntegration !== undefined && { toIntegrationHash: toIntegration }),
      ...(validateAccess !== undefined && { validateAccess }),
      ...(skipMissing !== undefined && { skipMissing }),
    };
    for (const [key, map] of [
      ['itemsMap', options.items],
      ['urlsMap', options.urls],
    ] as const)
      for (const bundle of bundlesOf(Object.entries(map ?? {}), limits.bulkItems)) {
        const body = { ...common, [key]: Object.fromEntries(bundle) };
        await this.context.transport.call(itemRoutes.migrateStorage, { body });
      }
  }

  /** Organisation admins: the keys that seal signatures, by id, and how far sealing again has come. */
  listSecretKeys(): Promise<SecretKeyList> {
    return this.context.transport.call(listSecretKeys);
  }

  /**
   * Chosen items, at most 1000, as a file, in the order of the UUIDs. See `StorageFolder.export`.
   *
   * @throws ApiError `item_not_found` for the first that you may not see.
   * @example
   * const { content } = await client.exportItems(uuids, { format: 'label-studio', withSignatures: true });
   */
  exportItems(itemUuids: readonly string[], options: ExportItemsOptions): Promise<ItemExport> {
    return exportItems(this.context.transport, itemUuids, options);
  }

  /** What this server takes at most, of manifests, pages and bulk requests. */
  getLimits(): Promise<ServerLimits> {
    return this.context.transport.call(getLimits);
  }

  /** The user that the calls are made as. */
  getCurrentUser(): Promise<User> {
    return this.context.transport.call(sessionRoutes.getCurrentUser);
  }

  /** A bearer token for the user that the calls are made as; it lives for a day. */
  async getBearerToken(): Promise<string> {
    const { token } = await this.context.transport.call(sessionRoutes.getBearerToken);
    return token;
  }
}
