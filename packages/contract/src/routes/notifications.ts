import { defineRoute } from '../route.js';
import { ListNotificationsQuery, MarkNotificationsRead, NotificationPage } from '../schemas/notification.js';
import { prefix } from './params.js';

const tag = 'Notifications';

export const listNotifications = defineRoute({
  operationId: 'listNotifications',
  method: 'GET',
  path: `${prefix}/notifications`,
  tag,
  summary: 'Notifications of the user, newest first.',
  permission: 'user',
  schemas: { query: ListNotificationsQuery, response: NotificationPage },
  errors: ['invalid_page_token'],
});
export const markNotificationsRead = defineRoute({
  operationId: 'markNotificationsRead',
  method: 'POST',
  path: `${prefix}/notifications/read`,
  tag,
  summary: 'Mark notifications as read.',
  permission: 'user',
  schemas: { body: MarkNotificationsRead },
});
