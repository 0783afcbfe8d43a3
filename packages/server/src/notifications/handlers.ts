import type { Handler } from '../http/handler.js';
import { listNotificationsHandler } from './routes/list-notifications.js';
import { markNotificationsReadHandler } from './routes/mark-notifications-read.js';

export const notificationHandlers: readonly Handler[] = [
  listNotificationsHandler,
  markNotificationsReadHandler,
];
