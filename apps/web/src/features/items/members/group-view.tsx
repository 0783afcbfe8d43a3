import type { Item } from '@latchkey/contract/schemas/item';
import { Text } from '@mantine/core';
import { groupLayout, type LayoutNode, tileTitle } from './group-layout.js';
import type { ItemViewType } from './item-view-type.js';
import { MemberBrowser } from './member-browser.js';
import { MemberCarousel } from './member-carousel.js';
import { MemberTile, MissingTile } from './member-tile.js';
import classes from './members.module.css';

interface GroupViewProps {
  readonly item: Item;
  readonly members: readonly Item[];
  readonly View: ItemViewType;
}

/** A group of registered items as its layout says: a grid, one at a time, or a tree of tiles. */
export function GroupView({ item, members, View }: GroupViewProps) {
  const layout = groupLayout(item, members);
  if (layout.kind === 'list') return <MemberBrowser item={item} members={members} View={View} />;
  if (layout.kind === 'grid')
    return (
      <section className={classes['grid']} aria-label={`Members of ${item.name}`}>
        {members.map((member) => (
          <MemberTile key={member.uuid} member={member} title={member.name} View={View} />
        ))}
      </section>
    );
  return (
    <section className={classes['members']} aria-label={`Members of ${item.name}`}>
      <div className={classes['tree']}>
        <LayoutPart node={layout.root} item={item} View={View} />
      </div>
      {layout.unplaced.length > 0 && (
        <Text size="sm" c="dimmed">
          Without a place in the layout: {layout.unplaced.map(({ name }) => name).join(', ')}
        </Text>
      )}
    </section>
  );
}

function LayoutPart({ node, item, View }: { node: LayoutNode; item: Item; View: ItemViewType }) {
  if (node.kind === 'carousel') return <MemberCarousel node={node} View={View} />;
  if (node.kind === 'tile')
    return node.member ? (
      <MemberTile member={node.member} title={tileTitle(item, node.key, node.member)} View={View} />
    ) : (
      <MissingTile name={node.key} />
    );
  return (
    <div className={classes['split']} style={{ flexDirection: node.direction }}>
      <div className={classes['part']} style={{ flexGrow: node.share }}>
        <LayoutPart node={node.first} item={item} View={View} />
      </div>
      <div className={classes['part']} style={{ flexGrow: 100 - node.share }}>
        <LayoutPart node={node.second} item={item} View={View} />
      </div>
    </div>
  );
}
