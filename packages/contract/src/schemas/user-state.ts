import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Uuid } from './common.js';
import { organisationRoles, User } from './user.js';

const Count = Type.Integer({ minimum: 0 });

export const PatchUser = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    organisationRole: Type.Optional(OneOf(organisationRoles)),
  },
  { additionalProperties: false },
);
export type PatchUser = Static<typeof PatchUser>;

/** Of what a user administers, or has alone. */
export const HandedOver = Type.Object({
  foldersCount: Count,
  datasetsCount: Count,
  integrationsCount: Count,
  webhooksCount: Count,
  notificationsCount: Type.Integer({
    minimum: 0,
    description: 'Unread ones about these folders, and those of running upload jobs in them.',
  }),
});
export type HandedOver = Static<typeof HandedOver>;

export const HandOverPreview = Type.Object({
  ...HandedOver.properties,
  runningJobsCount: Type.Integer({
    minimum: 0,
    description:
      'Upload jobs of the user that have not ended. They go on, also when the user is deactivated.',
  }),
});
export type HandOverPreview = Static<typeof HandOverPreview>;

export const HandOver = Type.Object({ toUserUuid: Uuid }, { additionalProperties: false });

export const DeactivateUser = Type.Object(
  {
    handOverToUserUuid: Type.Optional(Nullable(Uuid)),
  },
  { additionalProperties: false },
);
export const DeactivatedUser = Type.Object({
  user: User,
  endedSessionsCount: Count,
  runningJobsCount: Count,
  handedOver: Nullable(HandedOver),
});
export type DeactivatedUser = Static<typeof DeactivatedUser>;
