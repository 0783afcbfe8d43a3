import { getSecondFactor } from '@latchkey/contract/routes/second-factor';
import { Button, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { RelativeTime } from '../../components/relative-time.js';
import { transport } from '../../lib/api.js';
import { focusFirst } from '../../lib/focus-first.js';
import { DisableSecondFactorDialog } from './disable-second-factor-dialog.js';
import { EnrolSecondFactorDialog } from './enrol-second-factor-dialog.js';
import { RenewRecoveryCodesDialog } from './renew-recovery-codes-dialog.js';
import { secondFactorKey } from './second-factor-key.js';
import { Section } from './section.js';

export function SecondFactorSection() {
  const [dialog, setDialog] = useState<'enrol' | 'renew' | 'disable' | null>(null);
  const factor = useQuery({
    queryKey: secondFactorKey,
    queryFn: ({ signal }) => transport.call(getSecondFactor, { signal }),
  });
  const close = () => {
    setDialog(null);
    focusFirst('#second-factor');
  };
  const isEnabled = factor.data?.isEnabled ?? false;
  return (
    <Section
      title="Second factor"
      description="Signing in with your password asks for a code of an authenticator app as well."
      action={
        <Button
          id="second-factor"
          variant={isEnabled ? 'default' : 'filled'}
          style={{ flexShrink: 0 }}
          disabled={!factor.data}
          onClick={() => setDialog(isEnabled ? 'disable' : 'enrol')}
        >
          {isEnabled ? 'Disable' : 'Set up'}
        </Button>
      }
    >
      <ErrorNotice error={factor.error} title="The second factor could not be loaded" />
      {factor.isPending && <Loader size="sm" aria-label="Loading the second factor" />}
      {factor.data && !isEnabled && <Text size="sm">It is not set up.</Text>}
      {factor.data?.enabledAt && (
        <Group gap="xs">
          <Text size="sm">
            Set up <RelativeTime timestamp={factor.data.enabledAt} />. Recovery codes left:{' '}
            {factor.data.recoveryCodesLeft}.
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={() => setDialog('renew')}>
            New recovery codes
          </Button>
        </Group>
      )}
      <EnrolSecondFactorDialog opened={dialog === 'enrol'} onClose={close} />
      <RenewRecoveryCodesDialog opened={dialog === 'renew'} onClose={close} />
      <DisableSecondFactorDialog opened={dialog === 'disable'} onClose={close} />
    </Section>
  );
}
