import * as routes from '@latchkey/contract/routes/webhooks';
import type {
  CreateWebhook,
  PatchWebhook,
  RotatedWebhookSecret,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryStatus,
  WebhookWithSecret,
} from '@latchkey/contract/schemas/webhook';
import { entriesOfPages } from './pages.js';
import type { Transport } from './transport.js';

/** URLs that are told what happens. Organisation admins alone may manage them. Made by `StorageClient`, not by `new`. */
export class Webhooks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The oldest first. */
  async list(): Promise<Webhook[]> {
    return (await this.#transport.call(routes.listWebhooks)).results;
  }

  /**
   * The answer has the secret that signs the messages, this once.
   *
   * @example
   * const { secret } = await client.webhooks.create({ url: 'https://hooks.example.com/x', events: ['uploadJob.finished'] });
   */
  create(webhook: CreateWebhook): Promise<WebhookWithSecret> {
    return this.#transport.call(routes.createWebhook, { body: webhook });
  }

  change(webhookUuid: string, change: PatchWebhook): Promise<Webhook> {
    return this.#transport.call(routes.patchWebhook, { params: { webhookUuid }, body: change });
  }

  async delete(webhookUuid: string): Promise<void> {
    await this.#transport.call(routes.deleteWebhook, { params: { webhookUuid } });
  }

  /** The secrets so far sign beside the new one for so many hours, by default 24. */
  rotateSecret(webhookUuid: string, overlapHours?: number): Promise<RotatedWebhookSecret> {
    const body = overlapHours === undefined ? {} : { overlapHours };
    return this.#transport.call(routes.rotateWebhookSecret, { params: { webhookUuid }, body });
  }

  /** Sends a `webhook.test` event now, once; answers what came of it. */
  test(webhookUuid: string): Promise<WebhookDelivery> {
    return this.#transport.call(routes.testWebhook, { params: { webhookUuid } });
  }

  /** Newest first; pages are fetched as they are needed. */
  deliveries(
    webhookUuid: string,
    options: { readonly status?: WebhookDeliveryStatus } = {},
  ): AsyncIterable<WebhookDelivery> {
    return entriesOfPages((pageToken) =>
      this.#transport.call(routes.listWebhookDeliveries, {
        params: { webhookUuid },
        query: { ...options, pageToken },
      }),
    );
  }

  /** Sends a delivery again, with the same `webhook-id`. */
  redeliver(webhookUuid: string, deliveryUuid: string): Promise<WebhookDelivery> {
    return this.#transport.call(routes.redeliverWebhook, { params: { webhookUuid, deliveryUuid } });
  }
}
