import type { Item } from '@latchkey/contract/schemas/item';
import { NavLink } from '@mantine/core';
import { useState } from 'react';
import { ItemTypeIcon } from '../../../components/storage/item-type-icon.js';
import type { LayoutNode } from './group-layout.js';
import type { ItemViewType } from './item-view-type.js';
import { MemberTile } from './member-tile.js';
import classes from './members.module.css';

interface MemberCarouselProps {
  readonly node: Extract<LayoutNode, { kind: 'carousel' }>;
  readonly View: ItemViewType;
}

const directions = { left: 'row', right: 'row-reverse', top: 'column', bottom: 'column-reverse' } as const;

/** One of several members, chosen from the strip of their names at a side. */
export function MemberCarousel({ node: { members, position, share }, View }: MemberCarouselProps) {
  const [chosen, setChosen] = useState<Item | undefined>(members[0]);
  return (
    <div className={classes['carousel']} style={{ flexDirection: directions[position] }}>
      <nav className={classes['strip']} style={{ flexBasis: `${share}%` }} aria-label="Members of this tile">
        {members.map((member) => (
          <NavLink
            key={member.uuid}
            component="button"
            active={member === chosen}
            aria-current={member === chosen}
            label={member.name}
            leftSection={<ItemTypeIcon type={member.itemType} size={16} />}
            onClick={() => setChosen(member)}
          />
        ))}
      </nav>
      <div className={classes['chosen']}>
        {chosen && <MemberTile key={chosen.uuid} member={chosen} title={chosen.name} View={View} />}
      </div>
    </div>
  );
}
