import * as routes from '@latchkey/contract/routes/audit';
import type {
  AuditEntry,
  AuditVerification,
  ExportAuditQuery,
  ListAuditQuery,
} from '@latchkey/contract/schemas/audit';
import { type Download, toDownload } from './downloads.js';
import { entriesOfPages } from './pages.js';
import type { Transport } from './transport.js';

export type ListAuditOptions = Omit<ListAuditQuery, 'pageToken'>;
export type ExportAuditOptions = ExportAuditQuery & { readonly signal?: AbortSignal | undefined };

/** A head of the chain that was noted before. */
export interface NotedHead {
  readonly position: number;
  readonly hash: string;
}

/** Who did what. Organisation admins alone may ask. Made by `StorageClient`, not by `new`. */
export class AuditLog {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Entries that fit, newest first; pages are fetched as they are needed.
   *
   * @example
   * for await (const entry of client.auditLog.list({ action: 'export.begin' })) console.log(entry.at, entry.actor?.email);
   */
  list(options: ListAuditOptions = {}): AsyncIterable<AuditEntry> {
    return entriesOfPages((pageToken) =>
      this.#transport.call(routes.listAuditLog, { query: { ...options, pageToken } }),
    );
  }

  /** All entries that fit as a file, which comes as a stream. */
  async export({ signal, ...query }: ExportAuditOptions): Promise<Download> {
    return toDownload(await this.#transport.open(routes.exportAuditLog, { query, signal }), signal);
  }

  /** Reads the whole chain of hashes. With a head that was noted before, it also has to hold that one. */
  verify(noted?: NotedHead): Promise<AuditVerification> {
    return this.#transport.call(routes.verifyAuditLog, { query: { ...noted } });
  }
}
