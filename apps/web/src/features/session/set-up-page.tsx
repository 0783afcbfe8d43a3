import { setUp } from '@latchkey/contract/routes/session';
import { Anchor, Button, Code, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { useSession } from '../../lib/session.js';
import { useSignInMethods } from '../../lib/sign-in-methods.js';
import { enterApp } from './enter-app.js';
import { PublicPage } from './public-page.js';
import { SingleSignOnButton } from './single-sign-on-button.js';

export function SetUpPage() {
  const session = useSession();
  const methods = useSignInMethods();
  const token = useSearchParams()[0].get('token');
  if (session.isPending) return <CenteredLoader label="Loading" height="100vh" />;
  return (
    <PublicPage title="Set up Latchkey">
      <ErrorNotice error={session.error} />
      {session.data?.isSetUp && (
        <Text>
          Latchkey is set up already.{' '}
          <Anchor component={Link} to="/sign-in">
            Sign in
          </Anchor>
        </Text>
      )}
      {session.data && !session.data.isSetUp && (token ? <SetUpForm token={token} /> : <WhereTheLinkIs />)}
      {session.data && !session.data.isSetUp && methods.data?.singleSignOn && (
        <>
          <Divider label="or" my="md" />
          <SingleSignOnButton name={methods.data.singleSignOn.name} next={null} variant="default" />
        </>
      )}
    </PublicPage>
  );
}

function WhereTheLinkIs() {
  return (
    <Stack gap="sm">
      <Text>Nobody has set up this Latchkey yet. The set-up link is in the log of the server.</Text>
      <Text size="sm" c="dimmed">
        Look for the line with <Code>/setup?token=</Code> where the server was started, and open that link. It
        works once.
      </Text>
    </Stack>
  );
}

function SetUpForm({ token }: { readonly token: string }) {
  const [fields, setFields] = useState({ name: '', email: '', password: '' });
  const submission = useMutation({
    mutationFn: () =>
      transport.call(setUp, {
        body: { token, name: fields.name.trim(), email: fields.email.trim(), password: fields.password },
      }),
    onSuccess: () => enterApp('/'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    submission.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          Create the first user. It becomes the administrator of this Latchkey.
        </Text>
        <TextInput
          label="Name"
          autoComplete="name"
          maxLength={200}
          value={fields.name}
          onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })}
        />
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          maxLength={320}
          value={fields.email}
          onChange={(event) => setFields({ ...fields, email: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={1000}
          value={fields.password}
          onChange={(event) => setFields({ ...fields, password: event.currentTarget.value })}
        />
        <ErrorNotice error={submission.error} title="Latchkey is not set up yet" />
        <Button type="submit" loading={submission.isPending || submission.isSuccess}>
          Create administrator
        </Button>
      </Stack>
    </form>
  );
}
