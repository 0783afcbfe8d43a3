import { getExportReport } from '@latchkey/contract/routes/exports';
import { defineHandler } from '../../http/handler.js';
import { getExportReportFor } from '../report.js';

export const getExportReportHandler = defineHandler(getExportReport, (context, { caller, params }) =>
  getExportReportFor(context, caller, params.exportUuid),
);
