import { beginSingleSignOn } from '@latchkey/contract/routes/single-sign-on';
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { pathWithinApp } from './enter-app.js';

interface Props {
  /** Of the identity provider. */
  readonly name: string;
  readonly next: string | null;
  readonly variant: 'filled' | 'default';
}

/** Leaves the app for the page of the provider, which sends the browser back to `sign-in/callback`. */
export function SingleSignOnButton({ name, next, variant }: Props) {
  const beginning = useMutation({
    mutationFn: () => transport.call(beginSingleSignOn, { body: { returnPath: pathWithinApp(next) } }),
    onSuccess: ({ authorizationUrl }) => window.location.assign(authorizationUrl),
  });
  return (
    <Stack>
      <ErrorNotice error={beginning.error} title="You are not signed in" />
      <Button
        variant={variant}
        loading={beginning.isPending || beginning.isSuccess}
        onClick={() => beginning.mutate()}
      >
        Sign in with {name}
      </Button>
    </Stack>
  );
}
