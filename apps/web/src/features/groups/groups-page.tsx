import type { Group } from '@latchkey/contract/schemas/group';
import { Button } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useGroups } from '../../components/groups/group-queries.js';
import { PageHeader } from '../../components/page-header.js';
import { focusFirst } from '../../lib/focus-first.js';
import { DeleteGroupDialog } from './delete-group-dialog.js';
import { GroupDialog } from './group-dialog.js';
import { GroupMembersDialog } from './group-members-dialog.js';
import { type GroupAction, GroupsTable } from './groups-table.js';

const addButtonId = 'add-group';
const dialogs = { members: GroupMembersDialog, edit: GroupDialog, delete: DeleteGroupDialog };

/** Groups of users, for organisation admins. */
export function GroupsPage() {
  const groups = useGroups();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ action: GroupAction; group: Group } | null>(null);
  const Dialog = open && dialogs[open.action];
  const close = () => {
    setOpen(null);
    if (open) focusFirst(`[data-actions="${open.group.groupHash}"]`, `#${addButtonId}`);
  };
  return (
    <>
      <PageHeader
        title="Groups"
        description="Users that something can be shared with at once. Administrators see this page; everybody may share with a group."
        actions={
          <Button
            id={addButtonId}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            New group
          </Button>
        }
      />
      <ErrorNotice error={groups.error} title="The groups could not be loaded" />
      {groups.isPending && <CenteredLoader label="Loading the groups" />}
      {groups.data?.length === 0 && (
        <EmptyState icon={<IconUsersGroup size={28} />} title="No groups yet">
          Create one, add users to it, and share folders, datasets and integrations with all of them at once.
        </EmptyState>
      )}
      {groups.data && groups.data.length > 0 && (
        <GroupsTable groups={groups.data} onAction={(action, group) => setOpen({ action, group })} />
      )}
      {isAdding && <GroupDialog onClose={() => setAdding(false)} />}
      {open && Dialog && <Dialog group={open.group} onClose={close} />}
    </>
  );
}
