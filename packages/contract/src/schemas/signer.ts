import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { Timestamp, Uuid } from './common.js';

const Objects = Type.Array(Type.String(), {
  description: 'Identities of objects, in the order in which the token names them.',
});

const grant = {
  integrationUuid: Uuid,
  signerUrl: Type.String(),
  token: Type.String({ description: 'A JWT for one request to the signer. A secret.' }),
  expiresAt: Timestamp,
  objects: Objects,
  allowedHosts: Type.Array(Type.String(), {
    description: 'Hosts that a fresh URL may have; empty: any host.',
  }),
};

/** What the browser asks a signer with. */
export const SignerGrant = Type.Object(grant);
export type SignerGrant = Static<typeof SignerGrant>;

export const CreateSignerTokens = Type.Object(
  { itemUuids: Type.Array(Uuid, { minItems: 1, maxItems: limits.signerObjects }) },
  { additionalProperties: false },
);

export const ItemsSignerGrant = Type.Object({
  ...grant,
  items: Type.Array(Type.Object({ itemUuid: Uuid, object: Type.String() }), {
    description: 'The object of each item; several items may be of one object.',
  }),
});
export type ItemsSignerGrant = Static<typeof ItemsSignerGrant>;
export const ItemsSignerGrants = Type.Object({
  results: Type.Array(ItemsSignerGrant, {
    description:
      'One for each integration. Items without an object of their own or without a signer are in none.',
  }),
});

export const TestSigner = Type.Object(
  {
    objectUrls: Type.Array(Type.String({ maxLength: limits.objectUrlBytes }), {
      maxItems: limits.signerObjects,
      description: 'Objects to ask for; none tells whether the signer answers at all.',
    }),
  },
  { additionalProperties: false },
);

export const SigningKey = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String(),
  kid: Type.String(),
  use: Type.Literal('sig'),
  alg: Type.Literal('EdDSA'),
});
export type SigningKey = Static<typeof SigningKey>;
export const SigningKeys = Type.Object({ keys: Type.Array(SigningKey) });
export type SigningKeys = Static<typeof SigningKeys>;

export const RotateSigningKey = Type.Object(
  {
    compromised: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'The key may be known to others: no key that was published so far is good any more.',
      }),
    ),
  },
  { additionalProperties: false },
);
export const RotatedSigningKey = Type.Object({
  keyId: Type.String(),
  activeFrom: Timestamp,
});
export type RotatedSigningKey = Static<typeof RotatedSigningKey>;
