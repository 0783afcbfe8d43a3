import { signIn } from '@latchkey/contract/routes/session';
import { Button, Center, Loader, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { useSession } from '../../lib/session.js';
import { enterApp, pathWithinApp } from './enter-app.js';
import { PublicPage } from './public-page.js';

export function SignInPage() {
  const session = useSession();
  const next = useSearchParams()[0].get('next');
  if (session.isPending)
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  if (session.data?.user) return <Navigate to={pathWithinApp(next)} replace />;
  if (session.data && !session.data.isSetUp) return <Navigate to="/setup" replace />;
  return (
    <PublicPage title="Sign in">
      <ErrorNotice error={session.error} />
      <SignInForm next={next} />
    </PublicPage>
  );
}

function SignInForm({ next }: { readonly next: string | null }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submission = useMutation({
    mutationFn: () => transport.call(signIn, { body: { email: email.trim(), password } }),
    onSuccess: () => enterApp(next),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    submission.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ErrorNotice error={submission.error} title="You are not signed in" />
        <Button type="submit" loading={submission.isPending || submission.isSuccess}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
