import { exportItems } from '@latchkey/contract/routes/exports';
import { defineHandler } from '../../http/handler.js';
import { sendExport } from '../send-export.js';
import { exportItemsFor } from '../service.js';

export const exportItemsHandler = defineHandler(exportItems, async (context, { caller, body, reply }) => {
  await sendExport(reply, await exportItemsFor(context, caller, body));
  return undefined;
});
