import type { User } from '@latchkey/contract/schemas/user';
import { Menu } from '@mantine/core';
import {
  IconArrowsExchange,
  IconDeviceMobileOff,
  IconFingerprintOff,
  IconKey,
  IconPencil,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { ActionsMenu } from '../../components/actions-menu.js';
import { useSignInMethods } from '../../lib/sign-in-methods.js';

export type UserAction =
  | 'edit'
  | 'password'
  | 'secondFactor'
  | 'passkeys'
  | 'deactivate'
  | 'reactivate'
  | 'handOver'
  | 'keys';

interface Props {
  readonly user: User;
  /** Nobody deactivates themselves. */
  readonly isOwn: boolean;
  readonly onAction: (action: UserAction) => void;
}

const names = {
  edit: ['Change name and role', IconPencil],
  password: ['Link for a new password', IconKey],
  secondFactor: ['Remove the second factor', IconDeviceMobileOff],
  passkeys: ['Remove the passkeys', IconFingerprintOff],
  deactivate: ['Deactivate', IconUserOff],
  reactivate: ['Reactivate', IconUserCheck],
  handOver: ['Hand over', IconArrowsExchange],
  keys: ['Keys and tokens', IconKey],
} as const satisfies Record<UserAction, unknown>;

function actionsOf({ kind, deactivatedAt }: User, isOwn: boolean): readonly UserAction[] {
  if (kind === 'service')
    return [
      'keys',
      'edit',
      ...(deactivatedAt === null ? (['deactivate'] as const) : (['reactivate', 'handOver'] as const)),
    ];
  if (deactivatedAt !== null) return ['edit', 'reactivate', 'handOver'];
  return ['edit', 'password', 'secondFactor', 'passkeys', ...(isOwn ? [] : (['deactivate'] as const))];
}

export function UserMenu({ user, isOwn, onAction }: Props) {
  const takesPasswords = useSignInMethods().data?.password ?? false;
  const actions = actionsOf(user, isOwn).filter((action) => takesPasswords || action !== 'password');
  return (
    <ActionsMenu of={user.uuid} name={user.email}>
      {actions.map((action) => {
        const [name, Icon] = names[action];
        return (
          <Menu.Item
            key={action}
            leftSection={<Icon size={16} aria-hidden />}
            {...(action === 'deactivate' && { color: 'var(--mantine-color-error)' })}
            onClick={() => onAction(action)}
          >
            {name}
          </Menu.Item>
        );
      })}
    </ActionsMenu>
  );
}
