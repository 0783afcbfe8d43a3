import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { Nullable, OneOf, Timestamp, UserRole, Uuid } from './common.js';

const Title = Type.String({ minLength: 1, maxLength: limits.integrationTitleLength });
const Host = Type.String({
  minLength: 1,
  maxLength: 260,
  description: 'Host, with port if not the default; "*.example.com" allows sub-domains.',
});
const AllowedHosts = Type.Array(Host, { maxItems: limits.allowedHosts, description: 'Empty: any host.' });

const SignerUrl = Type.String({
  minLength: 1,
  maxLength: limits.signerUrlLength,
  description:
    'https (http on a loopback address only), without user, query or fragment. The browser of a user sends requests for fresh object URLs there; the server never connects to it. See docs/signer.md.',
});

export const Gateway = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: limits.gatewayUrlLength,
      description:
        'https://host/, or with a path before the keys: https://host/scans/. Its URLs are allowed without a signature and never expire.',
    }),
    bucketUrl: Nullable(
      Type.String({
        minLength: 1,
        maxLength: limits.gatewayUrlLength,
        description:
          'What its keys are appended to, without a signature: s3://bucket/, s3://bucket/prefix/, gs://bucket/, az://account/container/ or the https URL of the bucket. An object then has one identity under both. Null: no bucket.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Gateway = Static<typeof Gateway>;

const Gateways = Type.Array(Gateway, { maxItems: limits.gateways });

/** What the official client reads of an integration is `integrationUuid` and `title`; the rest is ours. */
export const Integration = Type.Object({
  integrationUuid: Uuid,
  title: Type.String(),
  type: OneOf(['directAccess'] as const),
  strictClientOnly: Type.Boolean({
    description: 'The server never connects to, resolves or probes a URL of this integration.',
  }),
  allowedHosts: AllowedHosts,
  signerUrl: Nullable(SignerUrl),
  gateways: Gateways,
  userRole: UserRole,
  itemsCount: Type.Integer({ minimum: 0 }),
  createdAt: Timestamp,
  lastEditedAt: Timestamp,
});
export type Integration = Static<typeof Integration>;

export const IntegrationList = Type.Object({ result: Type.Array(Integration) });

export const CreateIntegration = Type.Object(
  {
    title: Title,
    type: Type.Optional(OneOf(['directAccess'] as const)),
    strictClientOnly: Type.Optional(Type.Boolean({ default: false })),
    allowedHosts: Type.Optional(AllowedHosts),
    signerUrl: Type.Optional(Nullable(SignerUrl)),
    gateways: Type.Optional(Gateways),
  },
  { additionalProperties: false },
);
export type CreateIntegration = Static<typeof CreateIntegration>;

export const AddIntegrationOrigins = Type.Object(
  {
    origins: Type.Array(
      Type.String({ maxLength: 300, description: 'Scheme, host and port, as https://bucket.example.com.' }),
      { minItems: 1, maxItems: limits.allowedHosts },
    ),
  },
  { additionalProperties: false },
);
export const AddedIntegrationOrigins = Type.Object({
  added: Type.Array(Type.String(), { description: 'Those that were not there before.' }),
});
export type AddedIntegrationOrigins = Static<typeof AddedIntegrationOrigins>;

export const PatchIntegration = Type.Object(
  {
    title: Type.Optional(Title),
    strictClientOnly: Type.Optional(Type.Boolean()),
    allowedHosts: Type.Optional(AllowedHosts),
    signerUrl: Type.Optional(Nullable(SignerUrl)),
    gateways: Type.Optional(Gateways),
  },
  { additionalProperties: false },
);
export type PatchIntegration = Static<typeof PatchIntegration>;
