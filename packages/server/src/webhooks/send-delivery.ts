import { webhookTestType } from '@latchkey/contract/schemas/webhook';
import { insertWebhookNotifications } from '@latchkey/db/notifications/writer';
import { listOrganisationAdmins } from '@latchkey/db/users/reader';
import {
  type ClaimedDelivery,
  finishAttempt,
  markWebhookFailing,
  markWebhookSound,
  releaseDelivery,
} from '@latchkey/db/webhooks/deliveries';
import { listSigningSecrets } from '@latchkey/db/webhooks/reader';
import type { PostAnswer } from '@latchkey/egress/egress-client';
import { EgressError } from '@latchkey/egress/egress-error';
import { v7 as uuidv7 } from 'uuid';
import { unseal } from '../access/seal.js';
import type { AppContext } from '../context.js';
import { isGone, toAttemptResult } from './attempt-result.js';
import { signedHeaders } from './signature.js';
import { messageId, secretBinding } from './to-webhook.js';

/** Of failures alone. */
const disableAfterSeconds = 5 * 24 * 3600;

/**
 * Sends a claimed delivery and writes down what came of it; true: it was taken. What was sent and not written down is
 * sent again once the lease has ended, with the same id.
 */
export async function sendDelivery(
  context: AppContext,
  claimed: ClaimedDelivery,
  signal: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const answer = await send(context, claimed, signal);
  if (answer === null) return false;
  const isTest = claimed.type === webhookTestType;
  const durationMs = performance.now() - started;
  const result = toAttemptResult(answer, claimed.attempts, { isTriedAgain: !isTest, durationMs });
  await context.db.transaction(async (tx) => {
    // A test says nothing of how the receiver takes what really happens.
    if (!(await finishAttempt(tx, claimed, result)) || isTest) return;
    if (result.status === 'delivered') return markWebhookSound(tx, claimed.webhook_id);
    const isDisabled = await markWebhookFailing(
      tx,
      claimed.webhook_id,
      isGone(answer) ? 0 : disableAfterSeconds,
    );
    if (!isDisabled) return;
    const admins = await listOrganisationAdmins(tx);
    const notifications = admins.map((user_id) => ({ id: uuidv7(), user_id }));
    await insertWebhookNotifications(tx, claimed.webhook_id, notifications);
  });
  if (result.error !== null) logFailure(context, claimed, result.error);
  return result.status === 'delivered';
}

/** Null: the server stops; the delivery was given back. */
async function send(
  context: AppContext,
  claimed: ClaimedDelivery,
  signal: AbortSignal,
): Promise<PostAnswer | EgressError | null> {
  const { db, secretKeys, webhookClient, now } = context;
  const { url, payload, event_id: eventId } = claimed;
  const rows = await listSigningSecrets(db, claimed.webhook_id);
  const secrets = rows.map((row) => unseal(secretKeys, secretBinding(row.id), row.secret_sealed));
  const headers = signedHeaders({ id: messageId(eventId), payload }, secrets, now());
  try {
    return await webhookClient.post(url, headers, payload, signal);
  } catch (error) {
    if (error instanceof EgressError) return error;
    if (!signal.aborted) throw error;
    await releaseDelivery(db, claimed);
    return null;
  }
}

/** The message names the host, and never the path of the URL. */
function logFailure({ log }: AppContext, { id, webhook_id, attempts }: ClaimedDelivery, error: string): void {
  log.warn({ webhookId: webhook_id, deliveryId: id, attempts, error }, 'a webhook did not take a delivery');
}
