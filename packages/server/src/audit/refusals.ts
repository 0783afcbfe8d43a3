import { type AuditEntry, insertAuditEntries } from '@latchkey/db/audit/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';

export type Refusal = Omit<AuditEntry, 'id'>;

const flushMs = 1000;
/** Different ones within a second: what is more is counted together, so that nobody can flood the log. */
const mostKept = 200;

/**
 * Collects refused requests and writes each kind once a second, with its number: a program that tries again and again
 * costs the log little.
 */
export class Refusals {
  private readonly kept = new Map<string, { refusal: Refusal; count: number }>();
  private readonly context: AppContext;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(context: AppContext) {
    this.context = context;
  }

  add(refusal: Refusal): void {
    const own = JSON.stringify(refusal);
    const key = this.kept.has(own) || this.kept.size < mostKept ? own : 'others';
    const { count } = this.kept.get(key) ?? { count: 0 };
    this.kept.set(key, { refusal: key === 'others' ? others : refusal, count: count + 1 });
    this.timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  /** Resolves when all that were added are written, or could not be. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const entries = [...this.kept.values()].map(({ refusal, count }) => ({
      ...refusal,
      id: uuidv7(),
      details: { ...refusal.details, count },
    }));
    this.kept.clear();
    if (entries.length > 0) this.writing = this.writing.then(() => this.write(entries));
    return this.writing;
  }

  private async write(entries: readonly AuditEntry[]): Promise<void> {
    await insertAuditEntries(this.context.db, entries).catch((error: unknown) => {
      this.context.log.error(
        { err: error, entries: entries.length },
        'Refused requests are not in the audit log.',
      );
    });
  }
}

const others: Refusal = {
  userId: null,
  action: 'request.refused',
  subjectType: 'route',
  subjectId: null,
  details: { code: 'too_many_to_list' },
};
