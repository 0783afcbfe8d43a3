import { setTimeout as delay } from 'node:timers/promises';
import { claimDelivery, listDueWebhooks } from '@latchkey/db/webhooks/deliveries';
import { deleteOldEvents } from '@latchkey/db/webhooks/events';
import type { AppContext } from '../context.js';
import { sendDelivery } from './send-delivery.js';

/** Longer than a request may take: a worker that died is missed after this long. */
export const leaseSeconds = 120;
const idleMs = 1000;
const lanesOfWebhook = 4;
const eventsAtATime = 1000;

/**
 * The deliveries that this process sends. Each webhook has lanes of its own, one of them while its receiver fails, so
 * that a dead receiver holds up nobody else.
 */
class Lanes {
  readonly #context: AppContext;
  readonly #signal: AbortSignal;
  readonly #running = new Map<string, Set<Promise<void>>>();

  constructor(context: AppContext, signal: AbortSignal) {
    this.#context = context;
    this.#signal = signal;
  }

  /** Starts what is due; answers how many webhooks have something to send. */
  async start(): Promise<number> {
    const due = await listDueWebhooks(this.#context.db);
    for (const { id, is_failing } of due) this.#startOf(id, is_failing ? 1 : lanesOfWebhook);
    return due.length;
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#running.values()].flatMap((lanes) => [...lanes]));
  }

  #startOf(webhookId: string, most: number): void {
    const lanes = this.#running.get(webhookId) ?? new Set();
    this.#running.set(webhookId, lanes);
    while (lanes.size < most) {
      const lane = this.#run(webhookId).finally(() => {
        lanes.delete(lane);
        if (lanes.size === 0 && this.#running.get(webhookId) === lanes) this.#running.delete(webhookId);
      });
      lanes.add(lane);
    }
  }

  /** Until nothing is due, or something was not taken: then the others wait for the next look. Never rejects. */
  async #run(webhookId: string): Promise<void> {
    try {
      while (!this.#signal.aborted) {
        const claimed = await claimDelivery(this.#context.db, webhookId, leaseSeconds);
        if (!claimed || !(await sendDelivery(this.#context, claimed, this.#signal))) return;
      }
    } catch (error) {
      this.#context.log.error({ err: error, webhookId }, 'a delivery could not be sent; it is tried again');
    }
  }
}

/** Sends what webhooks are to be told until the signal aborts. */
export async function runWebhooks(context: AppContext, signal: AbortSignal): Promise<void> {
  const lanes = new Lanes(context, signal);
  while (!signal.aborted) {
    await lanes.start().catch((error: unknown) => {
      context.log.error({ err: error }, 'due deliveries could not be listed; they are looked for again');
    });
    await delay(idleMs, undefined, { signal }).catch(() => undefined);
  }
  await lanes.settled();
}

/** Sends all that is due now, and what becomes due meanwhile. */
export async function deliverDue(context: AppContext, signal: AbortSignal): Promise<void> {
  const lanes = new Lanes(context, signal);
  while (!signal.aborted && (await lanes.start()) > 0) await lanes.settled();
}

/** Events go with their deliveries, also those that were never taken. */
export async function removeOldEvents({ db, config }: AppContext): Promise<void> {
  const keepSeconds = config.webhookRetentionDays * 24 * 3600;
  while ((await deleteOldEvents(db, keepSeconds, eventsAtATime)) === eventsAtATime);
}
