import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import {
  type CreateWebhook,
  type PatchWebhook,
  type RotatedWebhookSecret,
  type Webhook,
  type WebhookDelivery,
  type WebhookWithSecret,
  webhookTestType,
} from '@latchkey/contract/schemas/webhook';
import type { Executor } from '@latchkey/db/engine/executor';
import { restartDelivery } from '@latchkey/db/webhooks/deliveries';
import { insertDeliveries, insertWebhookEvents } from '@latchkey/db/webhooks/events';
import { getDelivery, getWebhook, type WebhookRow } from '@latchkey/db/webhooks/reader';
import {
  deleteEndedWebhookSecrets,
  endWebhookSecrets,
  insertWebhook,
  insertWebhookSecret,
  lockWebhook,
  updateWebhook,
} from '@latchkey/db/webhooks/writer';
import { v7 as uuidv7 } from 'uuid';
import { holdSecretKey } from '../access/hold-secret-key.js';
import { seal } from '../access/seal.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';
import { leaseSeconds } from './deliver.js';
import { newEvent } from './emit.js';
import { sendDelivery } from './send-delivery.js';
import { newWebhookSecret } from './signature.js';
import { secretBinding, toDelivery, toWebhook } from './to-webhook.js';
import { normaliseWebhookUrl } from './webhook-url.js';

export async function createWebhookFor(
  context: AppContext,
  caller: Caller,
  request: CreateWebhook,
): Promise<WebhookWithSecret> {
  const webhook = {
    id: uuidv7(),
    url: normaliseWebhookUrl(context.config, request.url),
    description: toStoredText(request.description ?? '', 'description'),
    events: request.events,
    createdBy: caller.userId,
  };
  const secret = await context.db.transaction(async (tx) => {
    if (!(await insertWebhook(tx, webhook, limits.webhooks)))
      throw new LatchkeyError('webhook_limit_reached', `There are ${limits.webhooks} webhooks. Delete one.`);
    return addSecret(tx, context, webhook.id);
  });
  return { ...toWebhook(await mustHaveWebhook(context, webhook.id)), secret };
}

export async function changeWebhook(context: AppContext, id: string, change: PatchWebhook): Promise<Webhook> {
  const isThere = await updateWebhook(context.db, id, {
    url: change.url === undefined ? null : normaliseWebhookUrl(context.config, change.url),
    description: change.description === undefined ? null : toStoredText(change.description, 'description'),
    events: change.events ?? null,
    isEnabled: change.isEnabled ?? null,
  });
  if (!isThere) throw new LatchkeyError('webhook_not_found');
  return toWebhook(await mustHaveWebhook(context, id));
}

/** The secrets so far sign beside the new one for `overlapHours`. */
export async function rotateSecret(
  context: AppContext,
  id: string,
  overlapHours: number,
): Promise<RotatedWebhookSecret> {
  const secret = await context.db.transaction(async (tx) => {
    if (!(await lockWebhook(tx, id))) throw new LatchkeyError('webhook_not_found');
    await endWebhookSecrets(tx, id, overlapHours);
    await deleteEndedWebhookSecrets(tx, id);
    return addSecret(tx, context, id);
  });
  const until = overlapHours === 0 ? null : new Date(context.now() + overlapHours * 3_600_000);
  return { secret, previousSignsUntil: until?.toISOString() ?? null };
}

async function addSecret(tx: Executor, context: AppContext, webhookId: string): Promise<string> {
  await holdSecretKey(tx, context);
  const id = uuidv7();
  const secret = newWebhookSecret();
  await insertWebhookSecret(tx, {
    id,
    webhookId,
    sealed: seal(context.secretKeys, secretBinding(id), secret),
  });
  return secret;
}

/** Sends a test now. It is in the list of deliveries like any other, and is not tried again. */
export async function sendTest(
  context: AppContext,
  webhookId: string,
  signal: AbortSignal,
): Promise<WebhookDelivery> {
  const { url } = await mustHaveWebhook(context, webhookId);
  const event = newEvent(webhookTestType, { webhookUuid: webhookId }, context.now());
  const id = uuidv7();
  await context.db.transaction(async (tx) => {
    await insertWebhookEvents(tx, [event]);
    await insertDeliveries(tx, [{ id, webhook_id: webhookId, event_id: event.id }], leaseSeconds);
  });
  const { type, payload } = event;
  const claimed = { id, webhook_id: webhookId, event_id: event.id, attempts: 1, type, payload, url };
  await sendDelivery(context, claimed, signal);
  return mustHaveDelivery(context, webhookId, id);
}

/** Makes a delivery due again; a worker sends it. */
export async function redeliver(
  context: AppContext,
  webhookId: string,
  deliveryId: string,
): Promise<WebhookDelivery> {
  const { is_enabled } = await mustHaveWebhook(context, webhookId);
  await mustHaveDelivery(context, webhookId, deliveryId);
  if (!is_enabled) throw new LatchkeyError('webhook_disabled');
  await restartDelivery(context.db, deliveryId);
  return mustHaveDelivery(context, webhookId, deliveryId);
}

export async function mustHaveWebhook({ db }: AppContext, id: string): Promise<WebhookRow> {
  const row = await getWebhook(db, id);
  if (!row) throw new LatchkeyError('webhook_not_found');
  return row;
}

async function mustHaveDelivery({ db }: AppContext, webhookId: string, id: string): Promise<WebhookDelivery> {
  const row = await getDelivery(db, webhookId, id);
  if (!row) throw new LatchkeyError('webhook_delivery_not_found');
  return toDelivery(row);
}
