import type { Item } from '@latchkey/contract/schemas/item';
import { useState } from 'react';
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
      </div>
    </div>
  );
}
