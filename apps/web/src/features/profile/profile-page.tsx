import { Stack, Text } from '@mantine/core';
import { PageHeader } from '../../components/page-header.js';
import { useCurrentUser } from '../../lib/session.js';
import { ApiTokensSection } from './api-tokens-section.js';
import { PasskeysSection } from './passkeys-section.js';
import { PasswordSection } from './password-section.js';
import { PythonClientSection } from './python-client-section.js';
import { SecondFactorSection } from './second-factor-section.js';
import { SessionsSection } from './sessions-section.js';
import { SshKeysSection } from './ssh-keys-section.js';

export function ProfilePage() {
  const user = useCurrentUser();
  return (
    <>
      <PageHeader
        title="Profile"
        description={
          <Text span>
            {user.name && `${user.name}, `}
            {user.email}, {user.organisationRole === 'admin' ? 'administrator' : 'member'}
          </Text>
        }
      />
      <Stack gap="xl" maw={860}>
        <SshKeysSection />
        <ApiTokensSection />
        <PythonClientSection />
        <PasskeysSection />
        <PasswordSection />
        <SecondFactorSection />
        <SessionsSection />
      </Stack>
    </>
  );
}
