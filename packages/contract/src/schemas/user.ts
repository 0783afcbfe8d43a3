import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Timestamp, Uuid } from './common.js';
import { Code } from './second-factor.js';

export const organisationRoles = ['admin', 'member'] as const;
export const Email = Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\s@]+@[^\\s@]+$' });
export const Password = Type.String({
  minLength: 10,
  maxLength: 1000,
  description: 'At least 10 characters.',
});

/** `service`: a service account, as which programs act. */
export const userKinds = ['person', 'service'] as const;

export const User = Type.Object({
  uuid: Uuid,
  kind: OneOf(userKinds),
  email: Type.String(),
  name: Type.String(),
  organisationRole: OneOf(organisationRoles),
  createdAt: Timestamp,
  lastSeenAt: Nullable(Timestamp),
  deactivatedAt: Nullable(Timestamp),
  handedOverToUuid: Nullable(Uuid),
});
export type User = Static<typeof User>;
export const UserList = Type.Object({ result: Type.Array(User) });

export const CreateUser = Type.Object(
  {
    email: Email,
    name: Type.Optional(Type.String({ maxLength: 200 })),
    password: Type.Optional(Password),
    organisationRole: Type.Optional(OneOf(organisationRoles)),
  },
  { additionalProperties: false },
);

/** What the web app needs to start. `user` is null when nobody is signed in. */
export const Session = Type.Object({
  user: Nullable(User),
  isSetUp: Type.Boolean({ description: 'False until the first admin exists.' }),
  version: Type.String(),
  dataHosts: Type.Array(Type.String(), {
    description: 'Origins that the page served now may load data from.',
  }),
  signerOrigins: Type.Array(Type.String(), {
    description: 'Origins of the signers that the page served now may ask for fresh object URLs.',
  }),
});
export type Session = Static<typeof Session>;

export const SignIn = Type.Object(
  {
    email: Type.String({ maxLength: 320 }),
    password: Type.String({ maxLength: 1000 }),
    code: Type.Optional(Code),
  },
  { additionalProperties: false },
);
export const SetUp = Type.Object(
  {
    token: Type.String({ maxLength: 200, description: 'From the one-time set-up link.' }),
    email: Email,
    name: Type.Optional(Type.String({ maxLength: 200 })),
    password: Password,
  },
  { additionalProperties: false },
);

export const SshKey = Type.Object({
  uuid: Uuid,
  title: Type.String(),
  fingerprint: Type.String(),
  publicKey: Type.String(),
  createdAt: Timestamp,
  lastUsedAt: Nullable(Timestamp),
});
export const SshKeyList = Type.Object({ result: Type.Array(SshKey) });
export const AddSshKey = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    publicKey: Type.String({ maxLength: 10_000, description: 'OpenSSH form: ssh-ed25519 AAAA...' }),
  },
  { additionalProperties: false },
);
/** `read`: whatever is no reading request is refused. */
export const apiTokenScopes = ['all', 'read'] as const;
export type ApiTokenScope = (typeof apiTokenScopes)[number];
export const ApiToken = Type.Object({
  uuid: Uuid,
  title: Type.String(),
  scope: OneOf(apiTokenScopes),
  createdAt: Timestamp,
  expiresAt: Nullable(Timestamp),
  lastUsedAt: Nullable(Timestamp),
});
export const ApiTokenList = Type.Object({ result: Type.Array(ApiToken) });
export const CreateApiToken = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
    scope: Type.Optional(OneOf(apiTokenScopes)),
  },
  { additionalProperties: false },
);
export type CreateApiToken = Static<typeof CreateApiToken>;
export const CreatedApiToken = Type.Object({
  ...ApiToken.properties,
  token: Type.String({ description: 'Shown once.' }),
});
export const BearerToken = Type.Object({ token: Type.String() });
