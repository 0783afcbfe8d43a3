import { AppShell, Box, Burger, Group, Image, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { CenteredLoader } from '../components/centered-loader.js';
import { ToastHost } from '../components/toasts/toast-host.js';
import { ShortcutHelp } from '../features/shortcuts/shortcut-help.js';
import { UploadsProvider } from '../features/upload/uploads-provider.js';
import { AccountMenu } from './account-menu.js';
import { ColorSchemeMenu } from './color-scheme-menu.js';
import { Navigation } from './navigation.js';

/** Not needed to show the page: it comes after it. */
const NotificationsBell = lazy(async () => ({
  default: (await import('../features/notifications/notifications-bell.js')).NotificationsBell,
}));

export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <UploadsProvider>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding="lg"
      >
        <AppShell.Header>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={isOpen}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
                aria-expanded={isOpen}
              />
              <Link to="/" className="home-link" aria-label="Latchkey, start page">
                <Image src="/favicon.svg" alt="" w={26} h={26} />
                <Text fw={700} size="lg" visibleFrom="xs">
                  Latchkey
                </Text>
              </Link>
            </Group>
            <Group gap={4} wrap="nowrap">
              <Suspense fallback={<Box w={34} h={34} />}>
                <NotificationsBell />
              </Suspense>
              <ColorSchemeMenu />
              <AccountMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" aria-label="Main">
          <Navigation onNavigate={close} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <Suspense fallback={<CenteredLoader label="Loading" height={200} />}>
            <Outlet />
          </Suspense>
        </AppShell.Main>
      </AppShell>
      <ShortcutHelp />
      <ToastHost />
      <ScrollRestoration />
    </UploadsProvider>
  );
}
