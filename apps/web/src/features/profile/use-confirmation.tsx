import { ApiError } from '@latchkey/sdk/errors';
import { PasswordInput } from '@mantine/core';
import { useState } from 'react';

const needsPassword = (error: unknown): boolean =>
  error instanceof ApiError &&
  error.code === 'confirmation_required' &&
  error.details?.['hasPassword'] === true;

/** Asks for the password once the server has: it does not, of who has just signed in. */
export function useConfirmation() {
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  return {
    body: isAsked ? { password } : {},
    /** For `onError` of the mutation. */
    heed: (error: unknown) => needsPassword(error) && setAsked(true),
    /** What is left to be shown of an error. */
    shown: (error: unknown) => (needsPassword(error) ? null : error),
    field: isAsked && (
      <PasswordInput
        label="Your password"
        description="To confirm that it is you."
        autoComplete="current-password"
        required
        autoFocus
        maxLength={1000}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    ),
  };
}
