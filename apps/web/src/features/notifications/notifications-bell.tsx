import { ActionIcon, Box, Indicator, Loader, Popover, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { countOf } from '../../lib/format.js';
import { titleProgress } from '../../lib/job-progress.js';
import { useTitleProgress } from '../../lib/use-title-progress.js';
import { useMarkAllRead, useNotifications } from './use-notifications.js';

const NotificationsList = lazy(async () => ({
  default: (await import('./notifications-list.js')).NotificationsList,
}));

export function NotificationsBell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const notifications = useNotifications();
  const { unreadCount } = notifications;
  useTitleProgress(titleProgress(notifications.entries.flatMap(({ uploadJob }) => uploadJob ?? [])));
  const markAllRead = useMarkAllRead();
  const { mutate: markRead } = markAllRead;
  useEffect(() => {
    if (isOpen && unreadCount > 0) markRead();
  }, [isOpen, unreadCount, markRead]);
  const label = unreadCount > 0 ? `Notifications, ${unreadCount} unread` : 'Notifications';
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      position="bottom-end"
      width="min(420px, 100vw - 24px)"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <Indicator label={unreadCount} disabled={unreadCount === 0} size={18} color="red.8" offset={6}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={label}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            onClick={toggle}
          >
            <IconBell size={20} aria-hidden />
          </ActionIcon>
        </Indicator>
      </Popover.Target>
      <span className="visually-hidden" aria-live="polite">
        {unreadCount > 0 && !isOpen ? countOf(unreadCount, 'unread notification') : ''}
      </span>
      <Popover.Dropdown p={0} role="dialog" aria-label="Notifications">
        <Box mah="70vh" style={{ overflow: 'auto' }} tabIndex={0} data-autofocus>
          <Title order={2} size="h5" p="sm">
            Notifications
          </Title>
          <Suspense fallback={<Loader size="sm" m="sm" aria-label="Loading the notifications" />}>
            <NotificationsList
              notifications={notifications}
              error={notifications.query.error ?? markAllRead.error}
              onNavigate={close}
            />
          </Suspense>
        </Box>
      </Popover.Dropdown>
    </Popover>
  );
}
