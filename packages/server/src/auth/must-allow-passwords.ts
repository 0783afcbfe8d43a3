import { LatchkeyError } from '@latchkey/contract/errors';
import type { AppContext } from '../context.js';

/** Throws `password_sign_in_off`. */
export function mustAllowPasswords({ config }: Pick<AppContext, 'config'>): void {
  if (!config.passwordSignIn) throw new LatchkeyError('password_sign_in_off');
}
