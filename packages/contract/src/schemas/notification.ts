import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Page, pageQuery, Timestamp, Uuid } from './common.js';
import { UploadJob } from './upload-job.js';

/** A message to one user; it survives a reload and shows the job as it stands now. */
export const Notification = Type.Object({
  uuid: Uuid,
  kind: OneOf(['uploadJob'] as const),
  createdAt: Timestamp,
  readAt: Nullable(Timestamp),
  uploadJob: Nullable(UploadJob),
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
