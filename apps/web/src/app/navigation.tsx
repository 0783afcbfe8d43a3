import { NavLink } from '@mantine/core';
import {
  IconApi,
  IconFolders,
  IconHistory,
  IconPlugConnected,
  IconStack2,
  IconTags,
  IconUser,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { useCurrentUser } from '../lib/session.js';

const entries = [
  { to: '/folders', label: 'Files & Folders', Icon: IconFolders, also: '/items' },
  { to: '/datasets', label: 'Datasets', Icon: IconStack2 },
  { to: '/integrations', label: 'Integrations', Icon: IconPlugConnected },
  { to: '/profile', label: 'Profile', Icon: IconUser },
  { to: '/users', label: 'Users', Icon: IconUsers, adminsOnly: true },
  { to: '/groups', label: 'Groups', Icon: IconUsersGroup, adminsOnly: true },
  { to: '/metadata-schema', label: 'Metadata schema', Icon: IconTags, adminsOnly: true },
  { to: '/webhooks', label: 'Webhooks', Icon: IconWebhook, adminsOnly: true },
  { to: '/audit-log', label: 'Audit log', Icon: IconHistory, adminsOnly: true },
] as const;

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { pathname } = useLocation();
  const isAdmin = useCurrentUser().organisationRole === 'admin';
  return (
    <>
      {entries
        .filter((entry) => isAdmin || !('adminsOnly' in entry))
        .map((entry) => {
          const isActive =
            pathname.startsWith(entry.to) || ('also' in entry && pathname.startsWith(entry.also));
          return (
            <NavLink
              key={entry.to}
              component={Link}
              to={entry.to}
              label={entry.label}
              active={isActive}
              aria-current={isActive ? 'page' : undefined}
              leftSection={<entry.Icon size={18} aria-hidden />}
              onClick={onNavigate}
            />
          );
        })}
      <NavLink href="/docs" label="API" leftSection={<IconApi size={18} aria-hidden />} mt="auto" />
    </>
  );
}
