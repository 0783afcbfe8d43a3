import { Affix, Button, Menu, Notification } from '@mantine/core';
import { IconChevronDown, IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useSignOut } from '../features/session/use-sign-out.js';
import { useCurrentUser } from '../lib/session.js';

export function AccountMenu() {
  const user = useCurrentUser();
  const signOut = useSignOut();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            rightSection={<IconChevronDown size={16} aria-hidden />}
            aria-label={`Account of ${user.name || user.email}`}
            px="xs"
          >
            {user.name || user.email}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.email}</Menu.Label>
          <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} aria-hidden />}>
            Profile
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {signOut.error && (
        <Affix position={{ bottom: 16, right: 16 }}>
          <Notification
            role="alert"
            color="red"
            title="You are still signed in"
            closeButtonProps={{ 'aria-label': 'Close' }}
            onClose={signOut.reset}
          >
            {signOut.error.message}
          </Notification>
        </Affix>
      )}
    </>
  );
}
