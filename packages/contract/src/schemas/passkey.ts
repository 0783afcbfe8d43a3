import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Timestamp, Uuid } from './common.js';

/** `syncable`: it could be synced, and was not yet when it was used last. */
export const passkeySyncStates = ['synced', 'syncable', 'deviceBound'] as const;
export type PasskeySyncState = (typeof passkeySyncStates)[number];

export const Passkey = Type.Object({
  uuid: Uuid,
  name: Type.String(),
  syncState: OneOf(passkeySyncStates),
  createdAt: Timestamp,
  lastUsedAt: Nullable(Timestamp),
});
export type Passkey = Static<typeof Passkey>;
export const PasskeyList = Type.Object({ result: Type.Array(Passkey) });

const PasskeyName = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const RenamePasskey = Type.Object({ name: PasskeyName }, { additionalProperties: false });

export const Confirmation = Type.Object(
  {
    password: Type.Optional(
      Type.String({
        maxLength: 1000,
        description:
          'Of the user, once more. Not needed in a session that began within the last ten minutes.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const PasskeyOptions = Type.Object({
  publicKey: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'As PublicKeyCredential.parseCreationOptionsFromJSON and parseRequestOptionsFromJSON take it. It can be answered once, within five minutes.',
  }),
});

const Base64Url = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$' });

const credential = {
  id: Base64Url(1400),
  rawId: Base64Url(1400),
  type: OneOf(['public-key'] as const),
};

/** As `PublicKeyCredential.toJSON` of the browser makes it; what it has besides is not read. */
export const CreatedCredential = Type.Object({
  ...credential,
  response: Type.Object({
    clientDataJSON: Base64Url(20_000),
    attestationObject: Base64Url(100_000),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 })),
  }),
});
export type CreatedCredential = Static<typeof CreatedCredential>;
export const AddPasskey = Type.Object(
  { name: PasskeyName, credential: CreatedCredential },
  { additionalProperties: false },
);

/** As `PublicKeyCredential.toJSON` of the browser makes it; what it has besides is not read. */
export const SignedCredential = Type.Object({
  ...credential,
  response: Type.Object({
    clientDataJSON: Base64Url(20_000),
    authenticatorData: Base64Url(20_000),
    signature: Base64Url(10_000),
    userHandle: Type.Optional(Base64Url(100)),
  }),
});
export type SignedCredential = Static<typeof SignedCredential>;
export const SignInWithPasskey = Type.Object(
  { credential: SignedCredential },
  { additionalProperties: false },
);
