import { enableSecondFactor, enrolSecondFactor } from '@latchkey/contract/routes/second-factor';
import type { EnrolledSecondFactor } from '@latchkey/contract/schemas/second-factor';
import { Button, Center, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { CopyField } from '../../components/copy-field.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { CodeForm } from './code-form.js';
import type { DialogProps } from './dialog-props.js';
import { RecoveryCodes } from './recovery-codes.js';
import { secondFactorKey } from './second-factor-key.js';

const QrCode = lazy(async () => ({ default: (await import('./qr-code.js')).QrCode }));

export function EnrolSecondFactorDialog({ opened, onClose }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Set up a second factor"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <EnrolSteps onClose={onClose} />
    </Modal>
  );
}

function EnrolSteps({ onClose }: { readonly onClose: () => void }) {
  const [password, setPassword] = useState('');
  const enrolment = useMutation({
    mutationFn: () => transport.call(enrolSecondFactor, { body: { password } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enrolment.mutate();
  };
  if (enrolment.data) return <ConfirmStep enrolled={enrolment.data} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          required
          data-autofocus
          maxLength={1000}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ErrorNotice error={enrolment.error} title="Nothing was set up" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={enrolment.isPending}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ConfirmStep({
  enrolled,
  onClose,
}: {
  readonly enrolled: EnrolledSecondFactor;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const confirmation = useMutation({
    mutationFn: (code: string) => transport.call(enableSecondFactor, { body: { code } }),
    onSuccess: () => client.invalidateQueries({ queryKey: secondFactorKey }),
  });
  if (confirmation.data) return <RecoveryCodes codes={confirmation.data.recoveryCodes} onClose={onClose} />;
  return (
    <CodeForm
      submitLabel="Confirm"
      errorTitle="The second factor is not set up yet"
      isPending={confirmation.isPending}
      error={confirmation.error}
      onSubmit={(code) => confirmation.mutate(code)}
      onClose={onClose}
    >
      <Text size="sm">
        Scan the picture with an authenticator app, or give it the key. Then enter the code that it shows.
      </Text>
      <Center h={220}>
        <Suspense>
          <QrCode text={enrolled.uri} label="QR code for an authenticator app" />
        </Suspense>
      </Center>
      <CopyField label="Key" value={enrolled.secret} />
    </CodeForm>
  );
}
