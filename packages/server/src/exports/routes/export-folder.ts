import { exportFolder } from '@latchkey/contract/routes/exports';
import { defineHandler } from '../../http/handler.js';
import { sendExport } from '../send-export.js';
import { exportFolderFor } from '../service.js';

export const exportFolderHandler = defineHandler(
  exportFolder,
  async (context, { caller, params, query, reply }) => {
    await sendExport(reply, await exportFolderFor(context, caller, params.folderUuid, query));
    return undefined;
  },
);
