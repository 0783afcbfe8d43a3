import { limits } from '@latchkey/contract/limits';
import { listWebhookDeliveries } from '@latchkey/contract/routes/webhooks';
import { listDeliveries } from '@latchkey/db/webhooks/reader';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { mustHaveWebhook } from '../service.js';
import { toDelivery } from '../to-webhook.js';

const list = 'webhook-deliveries';

export const listWebhookDeliveriesHandler = defineHandler(
  listWebhookDeliveries,
  async (context, { params, query }) => {
    const { id } = await mustHaveWebhook(context, params.webhookUuid);
    const pageSize = query.pageSize ?? limits.pageSizeDefault;
    const before = fromIdToken(list, query.pageToken);
    const rows = await listDeliveries(context.db, id, query.status ?? null, before, pageSize + 1);
    const { page, nextPageToken } = toIdPage(list, rows, pageSize, (row) => row.id);
    return { results: page.map(toDelivery), nextPageToken };
  },
);
