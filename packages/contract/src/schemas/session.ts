import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Timestamp, Uuid } from './common.js';
import { Password } from './user.js';

/** One place where the user is signed in. Its UUID names it and signs nobody in. */
export const UserSession = Type.Object({
  uuid: Uuid,
  method: OneOf(['password', 'passkey', 'singleSignOn', 'link'] as const),
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  network: Nullable(Type.String({ description: 'Address of IPv4, or network of IPv6, that signed in.' })),
  userAgent: Nullable(Type.String()),
  isCurrent: Type.Boolean({ description: 'The session of this request.' }),
});
export type UserSession = Static<typeof UserSession>;
export const UserSessionList = Type.Object({ result: Type.Array(UserSession) });
export const EndedSessions = Type.Object({ endedCount: Type.Integer({ minimum: 0 }) });

export const ChangePassword = Type.Object(
  { currentPassword: Type.String({ maxLength: 1000 }), newPassword: Password },
  { additionalProperties: false },
);
