import { Button, Divider, Stack } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.js';
import { enterApp } from './enter-app.js';

/** Without a name: the browser offers the passkeys that it has for this address. */
export function PasskeySignIn({ next }: { readonly next: string | null }) {
  const signingIn = useMutation({
    mutationFn: async () => (await import('../../lib/passkeys.js')).signInByPasskey(),
    onSuccess: () => enterApp(next),
  });
  return (
    <Stack mt="md">
      <Divider label="or" />
      <ErrorNotice error={signingIn.error} title="You are not signed in" />
      <Button
        variant="default"
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={signingIn.isPending || signingIn.isSuccess}
        onClick={() => signingIn.mutate()}
      >
        Sign in with a passkey
      </Button>
    </Stack>
  );
}
