import { type Static, Type } from 'typebox';
import { Nullable, OneOf, Timestamp } from './common.js';

/** A key that seals secrets; only its id is ever told. */
export const SecretKey = Type.Object({
  id: Type.String({ description: 'The first 4 bytes of the SHA-256 of the key, in hexadecimal digits.' }),
  state: OneOf(['current', 'replaced', 'unused'] as const),
  adoptedAt: Timestamp,
  replacedAt: Nullable(Timestamp),
  unusedSince: Nullable(Timestamp),
});
export type SecretKey = Static<typeof SecretKey>;
export const Resealing = Type.Object({
  lookedAtCount: Type.Integer({ minimum: 0, description: 'Items and members that were looked at.' }),
  itemsCount: Type.Integer({ minimum: 0, description: 'Items that there are; members come on top.' }),
  resealedCount: Type.Integer({ minimum: 0 }),
  manifestsWaitedForCount: Type.Integer({
    minimum: 0,
    description: 'Manifests in the spool that a replaced key has sealed; each is removed in its time.',
  }),
  startedAt: Timestamp,
  finishedAt: Nullable(Timestamp),
});
export type Resealing = Static<typeof Resealing>;
export const SecretKeyList = Type.Object({
  /** The newest first. */
  result: Type.Array(SecretKey),
  resealing: Nullable(Resealing),
});
export type SecretKeyList = Static<typeof SecretKeyList>;
