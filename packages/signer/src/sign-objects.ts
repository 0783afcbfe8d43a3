import type { RefusedObject, SignedObject } from '@latchkey/contract/signer-protocol';
import type { ObjectVersion } from '@latchkey/object-store/object-store';
import type { StoreSettings } from './config.js';
import { placeOf } from './object-place.js';
import { type Asker, findRule, type SignerRule } from './policy.js';
import { ObjectRefusal } from './signer-error.js';

/** One bucket, with the credentials that its provider's own tools would use. */
export interface SigningStore {
  presign(key: string, expiresInSeconds: number, version: ObjectVersion): Promise<string>;
  /** When the credentials end that signed last, and with them the URLs; null: not by themselves. */
  sessionEnd(): Date | null;
}

export type OpenStore = (bucketUri: string, settings: StoreSettings) => Promise<SigningStore>;

export interface ObjectSignerOptions {
  readonly rules: readonly SignerRule[];
  readonly stores: Readonly<Record<string, StoreSettings>>;
  readonly openStore: OpenStore;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Told of a fault of a store, whose reason the caller does not hear. */
  readonly onFault: (error: unknown) => void;
}

export type ObjectSigner = (object: string, asker: Asker) => Promise<SignedObject | RefusedObject>;

/** Signs what the policy allows. Buckets are opened once each. */
export function createObjectSigner(options: ObjectSignerOptions): ObjectSigner {
  const { rules, stores, openStore, now, onFault } = options;
  const opened = new Map<string, Promise<SigningStore>>();
  const storeOf = (bucketUri: string, settings: StoreSettings): Promise<SigningStore> => {
    const name = JSON.stringify([bucketUri, settings]);
    const known = opened.get(name);
    if (known !== undefined) return known;
    const opening = openStore(bucketUri, settings);
    opened.set(name, opening);
    // One that could not be opened is tried again.
    opening.catch(() => opened.delete(name));
    return opening;
  };
  const sign = async (object: string, asker: Asker): Promise<SignedObject> => {
    const rule = findRule(rules, object, asker);
    if (rule === null)
      throw new ObjectRefusal(
        'forbidden',
        'No rule of this signer lets you have the object through this integration.',
      );
    const { bucketUri, key, version, endpoint } = placeOf(object, rule);
    const settings = {
      ...(endpoint !== null && { endpoint }),
      ...(rule.store !== null && stores[rule.store]),
    };
    const store = await storeOf(bucketUri, settings);
    const signedAt = now();
    const url = await store.presign(key, rule.expiresInSeconds, version);
    const dies = Math.min(signedAt + rule.expiresInSeconds * 1000, store.sessionEnd()?.getTime() ?? Infinity);
    return { object, url, expiresAt: new Date(dies).toISOString() };
  };
  return (object, asker) => sign(object, asker).catch((error: unknown) => refusal(object, error, onFault));
}

function refusal(object: string, error: unknown, onFault: (error: unknown) => void): RefusedObject {
  if (error instanceof ObjectRefusal) return { object, error: { code: error.code, message: error.message } };
  onFault(error);
  return {
    object,
    error: { code: 'internal', message: 'The signer could not sign the object; see its log.' },
  };
}
