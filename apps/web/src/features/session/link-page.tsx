import { acceptInvitation, lookUpOneTimeLink, resetPassword } from '@latchkey/contract/routes/one-time-links';
import type { OneTimeLinkSubject } from '@latchkey/contract/schemas/one-time-link';
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { enterApp } from './enter-app.js';
import { PublicPage } from './public-page.js';

/** Where the links lead that an administrator hands over. The token is behind "#". */
export function LinkPage() {
  const token = useLocation().hash.slice(1);
  const link = useQuery({
    queryKey: ['one-time-link', token],
    queryFn: ({ signal }) => transport.call(lookUpOneTimeLink, { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.isPending) return <CenteredLoader label="Loading" height="100vh" />;
  return (
    <PublicPage title={link.data?.kind === 'invitation' ? 'Join Latchkey' : 'Set a new password'}>
      <ErrorNotice error={link.error} title="This link does not work" />
      {link.data?.kind === 'invitation' && <JoinForm token={token} email={link.data.email} />}
      {link.data?.kind === 'passwordReset' && <NewPasswordForm token={token} link={link.data} />}
    </PublicPage>
  );
}

function JoinForm({ token, email }: { readonly token: string; readonly email: string }) {
  const [fields, setFields] = useState({ name: '', password: '' });
  const joining = useMutation({
    mutationFn: () =>
      transport.call(acceptInvitation, {
        body: { token, name: fields.name.trim(), password: fields.password },
      }),
    onSuccess: () => enterApp('/'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    joining.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="E-mail address" value={email} readOnly autoComplete="username" />
        <TextInput
          label="Name"
          autoComplete="name"
          data-autofocus
          maxLength={200}
          value={fields.name}
          onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })}
        />
        <NewPassword value={fields.password} onChange={(password) => setFields({ ...fields, password })} />
        <ErrorNotice error={joining.error} title="You have not joined yet" />
        <Button type="submit" loading={joining.isPending || joining.isSuccess}>
          Join
        </Button>
      </Stack>
    </form>
  );
}

function NewPasswordForm({ token, link }: { readonly token: string; readonly link: OneTimeLinkSubject }) {
  const [password, setPassword] = useState('');
  const setting = useMutation({
    mutationFn: () => transport.call(resetPassword, { body: { token, password } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setting.mutate();
  };
  if (setting.isSuccess)
    return (
      <Text role="status">
        The password is set.{' '}
        <Anchor component={Link} to="/sign-in">
          Sign in
        </Anchor>
      </Text>
    );
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="E-mail address" value={link.email} readOnly autoComplete="username" />
        <NewPassword value={password} onChange={setPassword} />
        <ErrorNotice error={setting.error} title="The password is not set" />
        <Button type="submit" loading={setting.isPending}>
          Set password
        </Button>
      </Stack>
    </form>
  );
}

function NewPassword({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (password: string) => void;
}) {
  return (
    <PasswordInput
      label="Password"
      description="At least 10 characters."
      autoComplete="new-password"
      required
      minLength={10}
      maxLength={1000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
