import { listDatasets } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { listDatasetsFor } from '../service.js';

export const listDatasetsHandler = defineHandler(listDatasets, async (context, { caller, query }) => ({
  result: await listDatasetsFor(context, caller, query),
}));
