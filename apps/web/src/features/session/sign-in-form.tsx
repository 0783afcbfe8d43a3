import { signIn } from '@latchkey/contract/routes/session';
import { ApiError } from '@latchkey/sdk/errors';
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { enterApp } from './enter-app.js';

const needsCode = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'second_factor_required';

/** The password first; then, for users who have a second factor, a code. */
export function SignInForm({ next }: { readonly next: string | null }) {
  const [fields, setFields] = useState({ email: '', password: '', code: '' });
  const [isSecondStep, setSecondStep] = useState(false);
  const submission = useMutation({
    mutationFn: () =>
      transport.call(signIn, {
        body: {
          email: fields.email.trim(),
          password: fields.password,
          ...(isSecondStep && { code: fields.code.trim() }),
        },
      }),
    onSuccess: () => enterApp(next),
    onError: (error) => needsCode(error) && setSecondStep(true),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    submission.mutate();
  };
  const back = () => {
    setFields({ ...fields, password: '', code: '' });
    setSecondStep(false);
    submission.reset();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {isSecondStep ? (
          <>
            <Text size="sm">
              Enter the code that your authenticator app shows, or one of your recovery codes.
            </Text>
            <TextInput
              label="Code"
              required
              autoFocus
              autoComplete="one-time-code"
              minLength={6}
              maxLength={40}
              value={fields.code}
              onChange={(event) => setFields({ ...fields, code: event.currentTarget.value })}
            />
          </>
        ) : (
          <>
            <TextInput
              label="E-mail address"
              type="email"
              autoComplete="username"
              required
              data-autofocus
              value={fields.email}
              onChange={(event) => setFields({ ...fields, email: event.currentTarget.value })}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              required
              value={fields.password}
              onChange={(event) => setFields({ ...fields, password: event.currentTarget.value })}
            />
          </>
        )}
        {!needsCode(submission.error) && (
          <ErrorNotice error={submission.error} title="You are not signed in" />
        )}
        <Button type="submit" loading={submission.isPending || submission.isSuccess}>
          Sign in
        </Button>
        {isSecondStep && (
          <Button variant="subtle" onClick={back}>
            Back
          </Button>
        )}
      </Stack>
    </form>
  );
}
