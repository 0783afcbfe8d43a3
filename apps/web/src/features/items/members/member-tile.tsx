import type { Item } from '@latchkey/contract/schemas/item';
import { Anchor, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { Link } from 'react-router';
import { ItemTypeIcon } from '../../../components/storage/item-type-icon.js';
import type { ItemViewType } from './item-view-type.js';
import classes from './members.module.css';

interface MemberTileProps {
  readonly member: Item;
  readonly title: string;
  readonly View: ItemViewType;
}

/** A member with its own viewer, which is there while the tile is in sight: a large group would not fit into memory. */
export function MemberTile({ member, title, View }: MemberTileProps) {
  const { ref, inViewport } = useInViewport();
  return (
    <article className={classes['tile']} aria-label={title} ref={ref}>
      <header className={classes['tileHeader']}>
        <ItemTypeIcon type={member.itemType} size={16} />
        <Anchor component={Link} to={`/items/${member.uuid}`} size="sm" truncate>
          {title}
        </Anchor>
      </header>
      <div className={classes['stage']}>{inViewport && <View item={member} />}</div>
    </article>
  );
}

export function MissingTile({ name }: { readonly name: string }) {
  return (
    <article className={classes['tile']} aria-label={name}>
      <Text size="sm" c="dimmed" m="auto">
        “{name}” is not there: it was deleted, or you may not see it.
      </Text>
    </article>
  );
}
