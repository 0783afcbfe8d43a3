import type { ExportFormat, LeftOutReason } from '@latchkey/contract/export-formats';
import type { ItemType } from '@latchkey/contract/kinds';
import type { LeftOut } from '@latchkey/contract/schemas/export';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { ItemRow } from '@latchkey/db/items/reader';
import { v7 as uuidv7 } from 'uuid';
import { unsignedUrl, wholeUrl } from '../access/object-urls.js';
import type { AppContext, Caller } from '../context.js';
import type { ExportSource } from './export-source.js';

export interface ExportRequest {
  readonly uuid: string;
  readonly format: ExportFormat;
  readonly withSignatures: boolean;
  readonly source: ExportSource;
  /** Of the folder, or what the selection is called. */
  readonly name: string;
}

/** One export while it runs: what it counts, and what it writes into the audit log. */
export class ExportRun {
  readonly context: AppContext;
  readonly caller: Caller;
  readonly request: ExportRequest;
  itemsCount = 0;
  private urlsCount = 0;
  private readonly counts = new Map<string, LeftOut>();

  constructor(context: AppContext, caller: Caller, request: ExportRequest) {
    this.context = context;
    this.caller = caller;
    this.request = request;
  }

  /** The object URL as this export shows it; null if it may not be handed out, because its integration is gone. */
  urlOf(row: ItemRow): string | null {
    if (row.url_head === null) return null;
    const { secretKeys } = this.context;
    if (!this.request.withSignatures) return unsignedUrl(secretKeys, row);
    return row.integration_id === null ? null : wholeUrl(secretKeys, row);
  }

  leaveOut(itemType: ItemType, reason: LeftOutReason): void {
    const key = `${itemType} ${reason}`;
    const { count } = this.counts.get(key) ?? { count: 0 };
    this.counts.set(key, { itemType, reason, count: count + 1 });
  }

  get leftOut(): LeftOut[] {
    return [...this.counts.values()];
  }

  async begin(): Promise<void> {
    const { format, withSignatures, source } = this.request;
    await this.audit('export.begin', { format, withSignatures, ...describeSource(source) });
  }

  /** To be awaited before the URLs leave. */
  async handOut(urls: number, first: string, last: string): Promise<void> {
    if (!this.request.withSignatures || urls === 0) return;
    await this.audit('export.urls.handOut', { urls, firstItemUuid: first, lastItemUuid: last });
    this.urlsCount += urls;
  }

  async end(isComplete: boolean): Promise<void> {
    const { itemsCount, urlsCount, leftOut } = this;
    await this.audit('export.end', { isComplete, itemsCount, urlsCount, leftOut });
  }

  private async audit(action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    const { uuid } = this.request;
    await insertAuditEntries(this.context.db, [
      { id: uuidv7(), userId: this.caller.userId, action, subjectType: 'export', subjectId: uuid, details },
    ]);
  }
}

function describeSource(source: ExportSource): Readonly<Record<string, unknown>> {
  if (source.kind === 'chosen') return { itemUuids: source.ids };
  const { scope, search, types, expiry } = source.filter;
  const folderId = 'folderId' in scope ? scope.folderId : null;
  return { folderId, isRecursive: scope.kind === 'below', search, itemTypes: types, expiry };
}
