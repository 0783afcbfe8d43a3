import { deleteIntegration, patchIntegration } from '@latchkey/contract/routes/integrations';
import { listNotifications } from '@latchkey/contract/routes/notifications';
import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import * as routes from '@latchkey/contract/routes/webhooks';
import { webhookEventTypes } from '@latchkey/contract/schemas/webhook';
import { claimDelivery } from '@latchkey/db/webhooks/deliveries';
import { noticeExpiring } from '@latchkey/server/notifications/notice-expiring';
import { deliverDue, removeOldEvents } from '@latchkey/server/webhooks/deliver';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageMetadata, images, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { type Received, type Receiver, startReceiver } from './webhook-receiver.js';

let system: TestSystem;
let receiver: Receiver;
const never = new AbortController().signal;

beforeAll(async () => {
  // Deliveries are sent when the test says so, jobs as well.
  system = await startTestSystem({
    worker: false,
    environment: { LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8', LATCHKEY_WEBHOOK_TIMEOUT_SECONDS: '1' },
  });
});
afterAll(() => system.close());
beforeEach(async () => {
  await sql('DELETE FROM webhooks');
  await receiver?.[Symbol.asyncDispose]();
  receiver = await startReceiver();
});
afterAll(() => receiver[Symbol.asyncDispose]());

const sql = (text: string, values: readonly unknown[] = []) =>
  system.context.db.query<TestJson>({ name: 'test.sql', text, values });
const deliver = () => deliverDue(system.context, never);

async function newWebhook(
  url = receiver.url,
  events: readonly string[] = webhookEventTypes,
): Promise<TestJson> {
  const { status, body } = await system.call(routes.createWebhook, { body: { url, events } });
  if (status !== 200) throw new Error(`createWebhook answered ${status} ${JSON.stringify(body)}`);
  return body;
}

const deliveriesOf = async ({ webhookUuid }: TestJson, query = {}): Promise<TestJson[]> =>
  (await system.call(routes.listWebhookDeliveries, { params: { webhookUuid }, query })).body.results;

const stateOf = async ({ webhookUuid }: TestJson): Promise<TestJson> =>
  (await system.call(routes.listWebhooks)).body.results.find(
    (each: TestJson) => each.webhookUuid === webhookUuid,
  );

/** As if all that waits were due. */
const makeDue = () => sql(`UPDATE webhook_deliveries SET due_at = now() WHERE status = 'pending'`);

/** Throws where the signature is not good. */
const verified = (secret: string, { headers, body }: Received): TestJson =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('events', () => {
  it('tells that an integration was created, changed and deleted, signed as a receiver expects it', async () => {
    const { secret } = await newWebhook();
    const integrationUuid = await newIntegration(system);
    await system.call(patchIntegration, {
      params: { integrationUuid },
      body: { allowedHosts: ['a.example'] },
    });
    await system.call(deleteIntegration, { params: { integrationUuid } });
    await deliver();
    const told = receiver.received.map((message) => verified(secret, message));
    expect(told.map(({ type }) => type).sort()).toEqual([
      'integration.changed',
      'integration.created',
      'integration.deleted',
    ]);
    const changed = told.find(({ type }) => type === 'integration.changed');
    expect(changed.data).toMatchObject({ integrationUuid, changedFields: ['allowedHosts'] });
    expect(() => verified(secret, { ...receiver.received[0], body: '{}' } as Received)).toThrow();
  });

  it('tells of a job that is cancelled, and holds no URL', async () => {
    const { secret } = await newWebhook(receiver.url, ['uploadJob.finished']);
    const folderUuid = await newFolder(system);
    const { body } = await system.register(folderUuid, await newIntegration(system), { images: images(2) });
    await system.call(cancelUploadJob, { params: { folderUuid, jobUuid: body } });
    await deliver();
    const [message] = receiver.received;
    if (!message) throw new Error('Nothing was received.');
    expect(verified(secret, message).data).toMatchObject({
      uploadJobUuid: body,
      status: 'CANCELLED',
      unitsTotalCount: 2,
      unitsCancelledCount: 2,
    });
    expect(message.body).not.toMatch(/amazonaws|X-Amz/);
  });

  it('tells nothing where the change was rolled back, and nothing that was not asked for', async () => {
    await newWebhook(receiver.url, ['items.expiring']);
    const webhook = await newWebhook(receiver.url, ['integration.changed']);
    const [first, second] = [await newIntegration(system), await newIntegration(system)];
    await system.call(patchIntegration, { params: { integrationUuid: first }, body: { title: 'Taken' } });
    const { status } = await system.call(patchIntegration, {
      params: { integrationUuid: second },
      body: { title: 'Taken' },
    });
    expect(status).toBe(409);
    expect(await deliveriesOf(webhook)).toHaveLength(1);
  });

  it('is sent by the worker: a job that is done, one that failed, and items that expire', async () => {
    await using working = await startTestSystem({
      environment: { LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8' },
    });
    const events = ['uploadJob.finished', 'items.expiring'];
    const { body: webhook } = await working.call(routes.createWebhook, {
      body: { url: receiver.url, events },
    });
    const [folder, integration] = [await newFolder(working), await newIntegration(working)];
    const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const image = { objectUrl: signedUrl('a.jpg', 'ab12', now, 7200), imageMetadata };
    await working.register(folder, integration, { images: [image] });
    await working.register(
      folder,
      integration,
      { images: [{ objectUrl: 'nonsense' }] },
      { ignoreErrors: false },
    );
    await working.drain();
    await noticeExpiring(working.context);
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
    const told = receiver.received.map((message) => verified(webhook.secret, message));
    expect(told.map(({ data }) => data.status ?? data.itemsCount).sort()).toEqual([1, 'DONE', 'ERROR']);
  });
});

describe('retries', () => {
  it('tries again after a while with the same id, and notes what was answered', async () => {
    const webhook = await newWebhook();
    receiver.answer = (response) => void response.writeHead(503, { 'retry-after': '600' }).end('busy');
    await newIntegration(system);
    await deliver();
    const [waiting] = await deliveriesOf(webhook);
    expect(waiting).toMatchObject({
      status: 'pending',
      attemptsCount: 1,
      responseStatus: 503,
      responseBody: 'busy',
    });
    const pause = Date.parse(waiting.nextAttemptAt) - Date.parse(waiting.lastAttemptAt);
    expect(pause).toBeGreaterThanOrEqual(600_000);
    expect((await stateOf(webhook)).failingSince).not.toBeNull();
    receiver.answer = (response) => void response.writeHead(200).end('thanks');
    await makeDue();
    await deliver();
    const [delivered] = await deliveriesOf(webhook);
    expect(delivered).toMatchObject({
      status: 'delivered',
      attemptsCount: 2,
      error: null,
      nextAttemptAt: null,
    });
    expect(await stateOf(webhook)).toMatchObject({ failingSince: null, pendingCount: 0 });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([delivered.webhookId, delivered.webhookId]);
  });

  it('gives up after ten attempts; a delivery by hand starts anew', async () => {
    const webhook = await newWebhook();
    receiver.answer = (response) => void response.writeHead(500).end();
    await newIntegration(system);
    for (let attempt = 1; attempt <= 11; attempt += 1) {
      await makeDue();
      await deliver();
    }
    expect(receiver.received).toHaveLength(10);
    const [failed] = await deliveriesOf(webhook, { status: 'failed' });
    expect(failed).toMatchObject({ attemptsCount: 10, nextAttemptAt: null });
    receiver.answer = (response) => void response.writeHead(204).end();
    const params = { webhookUuid: webhook.webhookUuid, deliveryUuid: failed.deliveryUuid };
    expect((await system.call(routes.redeliverWebhook, { params })).body.status).toBe('pending');
    await deliver();
    expect((await deliveriesOf(webhook))[0]).toMatchObject({ status: 'delivered', attemptsCount: 1 });
  });

  it('is repeated with the same id, and not lost, where a worker dies between sending and noting', async () => {
    const webhook = await newWebhook();
    await newIntegration(system);
    const claimed = await claimDelivery(system.context.db, webhook.webhookUuid, 60);
    await deliver();
    expect(receiver.received).toEqual([]);
    await sql('UPDATE webhook_deliveries SET lease_until = now() WHERE id = $1', [claimed?.id]);
    await deliver();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      `msg_${claimed?.event_id}`,
    ]);
    expect((await deliveriesOf(webhook))[0]).toMatchObject({ status: 'delivered', attemptsCount: 2 });
  });

  it('sends each delivery once where two workers look for them', async () => {
    const webhook = await newWebhook();
    for (let count = 0; count < 12; count += 1) await newIntegration(system);
    await Promise.all([deliver(), deliver(), deliver()]);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(12);
    expect(ids).toHaveLength(12);
    expect(await deliveriesOf(webhook, { status: 'delivered' })).toHaveLength(12);
  });

  it('switches a webhook off after five days of failures, or where nobody listens any more, and says so', async () => {
    const [lasting, gone] = [await newWebhook(), await newWebhook(`${receiver.url}/gone`)];
    receiver.answer = (response) => void response.writeHead(500).end();
    await newIntegration(system);
    await sql(`UPDATE webhooks SET failing_since = now() - interval '6 days' WHERE id = $1`, [
      lasting.webhookUuid,
    ]);
    await sql('DELETE FROM webhook_deliveries WHERE webhook_id = $1', [gone.webhookUuid]);
    await deliver();
    expect((await stateOf(lasting)).isEnabled).toBe(false);
    await newIntegration(system);
    expect(await deliveriesOf(lasting)).toHaveLength(1);
    receiver.answer = (response) => void response.writeHead(410).end();
    await deliver();
    expect((await stateOf(gone)).isEnabled).toBe(false);
    expect((await deliveriesOf(gone))[0].status).toBe('failed');
    const { body } = await system.call(listNotifications);
    const off = body.results.filter(({ kind }: TestJson) => kind === 'webhookDisabled');
    expect(off.map(({ disabledWebhook }: TestJson) => disabledWebhook.webhookUuid).sort()).toEqual(
      [lasting.webhookUuid, gone.webhookUuid].sort(),
    );
    expect(JSON.stringify(off)).not.toContain('path-secret');
    const [{ deliveryUuid }] = await deliveriesOf(lasting);
    const params = { webhookUuid: lasting.webhookUuid, deliveryUuid };
    expect((await system.call(routes.redeliverWebhook, { params })).body.code).toBe('webhook_disabled');
  });

  it('removes events after their time', async () => {
    const webhook = await newWebhook();
    await newIntegration(system);
    await sql(`UPDATE webhook_events SET created_at = now() - interval '31 days'`);
    await newIntegration(system);
    await removeOldEvents(system.context);
    expect(await deliveriesOf(webhook)).toHaveLength(1);
  });
});

describe('hostile receivers', () => {
  it.each<[string, RegExp, Receiver['answer']]>([
    [
      'a redirect to a local address',
      /redirect, which is not followed/,
      (response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['no answer', /took too long/, () => undefined],
    ['a cut connection', /connection was cut/, (response) => void response.socket?.destroy()],
  ])('%s fails the attempt and is said', async (_, error, answer) => {
    const webhook = await newWebhook();
    receiver.answer = answer;
    const { body } = await system.call(routes.testWebhook, { params: { webhookUuid: webhook.webhookUuid } });
    expect(body).toMatchObject({ status: 'failed', attemptsCount: 1, eventType: 'webhook.test' });
    expect(body.error).toMatch(error);
    expect(body.error).not.toContain('path-secret');
    expect(receiver.received).toHaveLength(1);
  });

  it('reads the start of an endless answer alone', async () => {
    const { webhookUuid } = await newWebhook();
    receiver.answer = (response) => {
      response.writeHead(200);
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    };
    const { body } = await system.call(routes.testWebhook, { params: { webhookUuid } });
    expect(body).toMatchObject({ status: 'delivered', responseBody: 'x'.repeat(1024) });
  });

  it('a dead one does not hold up others', async () => {
    const dead = await startReceiver();
    dead.answer = () => undefined;
    const [deadHook, livingHook] = [await newWebhook(dead.url), await newWebhook()];
    for (let count = 0; count < 5; count += 1) await newIntegration(system);
    const sending = deliver();
    await expect.poll(() => receiver.received.length, { timeout: 950, interval: 10 }).toBe(5);
    await dead[Symbol.asyncDispose]();
    await sending;
    expect(await deliveriesOf(livingHook, { status: 'delivered' })).toHaveLength(5);
    expect(await deliveriesOf(deadHook, { status: 'pending' })).toHaveLength(5);
  });

  it('refuses private addresses, http, user names and other ports unless the operator allows them', async () => {
    await using strict = await startTestSystem({ worker: false });
    for (const url of [
      'https://127.0.0.1/x',
      'https://[::ffff:10.0.0.1]/x',
      'https://169.254.169.254/latest',
      'http://hooks.example.com/x',
      'https://user:hidden@hooks.example.com/x',
      'https://hooks.example.com:22/x',
      'file:///etc/passwd',
    ]) {
      const { status, body } = await strict.call(routes.createWebhook, {
        body: { url, events: ['items.expiring'] },
      });
      expect([status, body.code]).toEqual([400, 'invalid_request']);
      expect(body.message).not.toContain('hidden');
    }
    const { body: webhook } = await strict.call(routes.createWebhook, {
      body: { url: 'https://localhost:8443/x', events: ['items.expiring'] },
    });
    const { body } = await strict.call(routes.testWebhook, { params: { webhookUuid: webhook.webhookUuid } });
    expect(body.error).toMatch(/private, local or reserved/);
  });
});

describe('secrets', () => {
  it('sign beside the former one while they overlap, and alone without overlap', async () => {
    const { webhookUuid, secret: first } = await newWebhook();
    const params = { webhookUuid };
    const { body: second } = await system.call(routes.rotateWebhookSecret, { params, body: {} });
    expect(Date.parse(second.previousSignsUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await system.call(routes.testWebhook, { params });
    const { body: third } = await system.call(routes.rotateWebhookSecret, {
      params,
      body: { overlapHours: 0 },
    });
    await system.call(routes.testWebhook, { params });
    const [overlapping, alone] = receiver.received as [Received, Received];
    expect(verified(first, overlapping)).toEqual(verified(second.secret, overlapping));
    expect(() => verified(third.secret, overlapping)).toThrow();
    expect(verified(third.secret, alone).type).toBe('webhook.test');
    for (const former of [first, second.secret]) expect(() => verified(former, alone)).toThrow();
    expect(alone.headers['webhook-signature']).not.toContain(' ');
  });

  it('are shown once, and stand neither in the database nor in the audit log', async () => {
    const { webhookUuid, secret } = await newWebhook();
    await system.call(routes.patchWebhook, { params: { webhookUuid }, body: { description: 'Ours' } });
    expect(JSON.stringify((await system.call(routes.listWebhooks)).body)).not.toContain(secret);
    const rows = await sql(
      `SELECT encode(secret_sealed, 'escape') AS sealed FROM webhook_secrets WHERE webhook_id = $1`,
      [webhookUuid],
    );
    expect(rows[0].sealed).not.toContain(secret.slice(6, 20));
    const log = await sql('SELECT action, details FROM audit_log WHERE subject_id = $1 ORDER BY id', [
      webhookUuid,
    ]);
    expect(log.map(({ action }) => action)).toEqual(['webhook.create', 'webhook.change']);
    expect(JSON.stringify(log)).not.toMatch(/path-secret|whsec_/);
  });
});
