import type { Item } from '@latchkey/contract/schemas/item';
import { useState } from 'react';
import type { ItemViewType } from './item-view-type.js';
import { MemberBar } from './member-bar.js';
import classes from './members.module.css';
import { useMemberKeys } from './use-member-keys.js';

interface MemberBrowserProps {
  readonly item: Item;
  readonly members: readonly Item[];
  readonly View: ItemViewType;
}

/** One member at a time, each with the viewer of its type. */
export function MemberBrowser({ item, members, View }: MemberBrowserProps) {
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
      <div className={classes['stage']}>{member && <View key={member.uuid} item={member} />}</div>
    </div>
  );
}
