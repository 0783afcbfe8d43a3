import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Page, pageQuery, Timestamp, Uuid } from './common.js';
import { UploadJob } from './upload-job.js';

export const ExpiringItems = Type.Object({
  folderUuid: Uuid,
  folderName: Type.String(),
  itemsCount: Type.Integer({
    minimum: 0,
    description: 'Items of the folder itself, when the notice was given.',
  }),
  firstExpiresBy: Timestamp,
  lastExpiresBy: Timestamp,
});
export type ExpiringItems = Static<typeof ExpiringItems>;

/** A webhook that was switched off because its receiver failed for days. */
export const DisabledWebhook = Type.Object({ webhookUuid: Uuid, host: Type.String() });
export type DisabledWebhook = Static<typeof DisabledWebhook>;

/** An API token that expires within a week: the user's own, or for admins one of a service account. */
export const ExpiringToken = Type.Object({
  tokenUuid: Uuid,
  title: Type.String(),
  expiresAt: Timestamp,
  serviceAccount: Nullable(Type.String({ description: "Its name; null: the token is the user's own." })),
});
export type ExpiringToken = Static<typeof ExpiringToken>;

/** A message to one user; it survives a reload and shows the job as it stands now. */
export const Notification = Type.Object({
  uuid: Uuid,
  kind: OneOf(['uploadJob', 'itemsExpiring', 'webhookDisabled', 'tokenExpiring'] as const),
  createdAt: Timestamp,
  readAt: Nullable(Timestamp),
  uploadJob: Nullable(UploadJob),
  expiringItems: Nullable(ExpiringItems),
  disabledWebhook: Nullable(DisabledWebhook),
  expiringToken: Nullable(ExpiringToken),
});
export type Notification = Static<typeof Notification>;
export const NotificationPage = Type.Object({
  ...Page(Notification).properties,
  unreadCount: Type.Integer({ minimum: 0 }),
});
export const ListNotificationsQuery = Type.Object({ ...pageQuery });
export const MarkNotificationsRead = Type.Object(
  { notificationUuids: Type.Optional(Type.Array(Uuid, { maxItems: 1000, description: 'Omitted: all.' })) },
  { additionalProperties: false },
);
