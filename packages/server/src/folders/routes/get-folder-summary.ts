import { getFolderSummary } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { getSummaryOf } from '../service.js';

export const getFolderSummaryHandler = defineHandler(getFolderSummary, (context, { params }) =>
  getSummaryOf(context, params.folderUuid),
);
