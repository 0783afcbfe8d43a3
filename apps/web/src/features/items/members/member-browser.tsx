import type { Item } from '@latchkey/contract/schemas/item';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../../components/empty-state.js';
import { ItemTypeIcon } from '../../../components/storage/item-type-icon.js';
import { itemTypeLabels } from '../../../components/storage/item-types.js';
import { ViewerFrame } from '../viewer-frame.js';
import { MemberBar } from './member-bar.js';
import classes from './members.module.css';
import { useMemberKeys } from './use-member-keys.js';

/** One member at a time, each with the viewer of its type. */
export function MemberBrowser({ item, members }: { readonly item: Item; readonly members: readonly Item[] }) {
  const [index, setIndex] = useState(0);
  const onKeyDown = useMemberKeys(index, members.length, setIndex);
  const member = members[index];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own.
    <div
      className={classes['members']}
      role="group"
      aria-label={`Members of ${item.name}`}
      onKeyDown={onKeyDown}
    >
      <MemberBar members={members} index={index} onChange={setIndex} noun="Member" />
      <div className={classes['stage']}>
        {member?.signedUrl && <ViewerFrame key={member.uuid} item={member} signedUrl={member.signedUrl} />}
        {member?.signedUrl === null && (
          <EmptyState
            icon={<ItemTypeIcon type={member.itemType} size={28} />}
            title={member.name}
            action={
              <Button component={Link} to={`/items/${member.uuid}`} variant="default">
                Open it
              </Button>
            }
          >
            {itemTypeLabels[member.itemType]} items are shown on a page of their own.
          </EmptyState>
        )}
      </div>
    </div>
  );
}
