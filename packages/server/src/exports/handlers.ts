import type { Handler } from '../http/handler.js';
import { exportFolderHandler } from './routes/export-folder.js';
import { exportItemsHandler } from './routes/export-items.js';
import { getExportReportHandler } from './routes/get-export-report.js';

export const exportHandlers: readonly Handler[] = [
  exportFolderHandler,
  exportItemsHandler,
  getExportReportHandler,
];
