import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Timestamp, Uuid } from './common.js';
import { Email, organisationRoles, Password } from './user.js';

export const oneTimeLinkKinds = ['invitation', 'passwordReset'] as const;
const Kind = OneOf(oneTimeLinkKinds);
const Token = Type.String({ maxLength: 200, description: 'What the link has behind "#".' });
const expiresInHours = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 720, description: 'Default: 168 hours, of a new password 24.' }),
);

export const OneTimeLink = Type.Object({
  uuid: Uuid,
  kind: Kind,
  email: Type.String(),
  userUuid: Nullable(Uuid),
  organisationRole: OneOf(organisationRoles),
  createdBy: Type.String({ description: 'E-mail address of the administrator.' }),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  isExpired: Type.Boolean(),
});
export type OneTimeLink = Static<typeof OneTimeLink>;
export const OneTimeLinkList = Type.Object({ result: Type.Array(OneTimeLink) });

export const CreateInvitation = Type.Object(
  { email: Email, organisationRole: Type.Optional(OneOf(organisationRoles)), expiresInHours },
  { additionalProperties: false },
);
export const CreatePasswordReset = Type.Object({ expiresInHours }, { additionalProperties: false });
export const CreatedOneTimeLink = Type.Object({
  linkUuid: Uuid,
  url: Type.String({ description: 'To hand over. Shown once.' }),
  expiresAt: Timestamp,
});
export type CreatedOneTimeLink = Static<typeof CreatedOneTimeLink>;

export const LookUpOneTimeLink = Type.Object({ token: Token }, { additionalProperties: false });
export const OneTimeLinkSubject = Type.Object({
  kind: Kind,
  email: Type.String(),
  name: Nullable(Type.String()),
  expiresAt: Timestamp,
});
export type OneTimeLinkSubject = Static<typeof OneTimeLinkSubject>;
export const AcceptInvitation = Type.Object(
  { token: Token, name: Type.Optional(Type.String({ maxLength: 200 })), password: Password },
  { additionalProperties: false },
);
export const ResetPassword = Type.Object(
  { token: Token, password: Password },
  { additionalProperties: false },
);
