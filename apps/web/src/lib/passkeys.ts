import {
  addPasskey,
  preparePasskey,
  preparePasskeySignIn,
  signInWithPasskey,
} from '@latchkey/contract/routes/passkeys';
import type { Passkey } from '@latchkey/contract/schemas/passkey';
import { ApiError } from '@latchkey/sdk/errors';
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  sendSignal,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { transport } from './api.js';
import { dialogError, refusalOf } from './passkey-errors.js';

/** Asks the device for a passkey and registers it. Throws `ApiError`, also for what the browser itself refuses. */
export async function createPasskey(name: string, confirmation: { password?: string }): Promise<Passkey> {
  mustHavePasskeys();
  const { publicKey } = await transport.call(preparePasskey, { body: confirmation });
  // The server makes them by the same standard as the browser reads them.
  const optionsJSON = publicKey as unknown as PublicKeyCredentialCreationOptionsJSON;
  const credential = await answered(optionsJSON.timeout, () => startRegistration({ optionsJSON }));
  return transport.call(addPasskey, { body: { name, credential } });
}

/** Lets the user choose a passkey, and begins a session with it. Throws as `createPasskey`. */
export async function signInByPasskey(): Promise<void> {
  mustHavePasskeys();
  const { publicKey } = await transport.call(preparePasskeySignIn);
  // As above.
  const optionsJSON = publicKey as unknown as PublicKeyCredentialRequestOptionsJSON;
  const credential = await answered(optionsJSON.timeout, () => startAuthentication({ optionsJSON }));
  try {
    await transport.call(signInWithPasskey, { body: { credential } });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'passkey_unknown')
      await hide(optionsJSON.rpId, credential.id);
    throw error;
  }
}

function mustHavePasskeys(): void {
  if (!window.isSecureContext) throw refusalOf('passkey_needs_https');
  if (!browserSupportsWebAuthn()) throw refusalOf('passkey_unsupported');
}

async function answered<Answer>(timeoutMs: number | undefined, ask: () => Promise<Answer>): Promise<Answer> {
  const askedAt = performance.now();
  try {
    return await ask();
  } catch (error) {
    throw dialogError(error, timeoutMs !== undefined && performance.now() - askedAt >= timeoutMs);
  }
}

/** Browsers that can do so offer a passkey no more that the server does not know. */
async function hide(rpID = location.hostname, credentialID: string): Promise<void> {
  await sendSignal({ signalName: 'unknownCredential', rpID, credentialID }).catch(() => undefined);
}
