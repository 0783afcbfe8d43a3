import type { Folder } from '@latchkey/contract/schemas/folder';
import type { Item } from '@latchkey/contract/schemas/item';
import { ActionIcon, Anchor, Breadcrumbs, Group, Title, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from 'react-router';
import { ItemTypeIcon } from '../../components/storage/item-type-icon.js';
import { ItemActions } from './item-actions.js';
import { useNeighbours } from './use-neighbours.js';

interface ItemHeaderProps {
  readonly item: Item;
  readonly folder: Folder | undefined;
  readonly canEdit: boolean;
}

export function ItemHeader({ item, folder, canEdit }: ItemHeaderProps) {
  return (
    <header>
      <title>{`${item.name} - Latchkey`}</title>
      <nav aria-label="Breadcrumb">
        <Breadcrumbs separatorMargin={6} mb={4} style={{ flexWrap: 'wrap', rowGap: 2 }}>
          <Anchor component={Link} to="/folders" size="sm">
            All folders
          </Anchor>
          {folder &&
            [...folder.pathToRoot].reverse().map((element) => (
              <Anchor key={element.uuid} component={Link} to={`/folders/${element.uuid}`} size="sm">
                {element.name}
              </Anchor>
            ))}
        </Breadcrumbs>
      </nav>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
          <ItemTypeIcon type={item.itemType} size={24} />
          <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>
            {item.name}
          </Title>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <NeighbourButtons item={item} />
          {canEdit && <ItemActions item={item} />}
        </Group>
      </Group>
    </header>
  );
}

function NeighbourButtons({ item }: { item: Item }) {
  const { previous, next } = useNeighbours(item);
  const { state } = useLocation();
  const navigate = useNavigate();
  const goTo = (itemUuid: string | null) => itemUuid && void navigate(`/items/${itemUuid}`, { state });
  useHotkeys([
    ['alt+ArrowUp', () => goTo(previous)],
    ['alt+ArrowDown', () => goTo(next)],
  ]);
  return (
    <>
      <Tooltip label="Previous item (Alt+Up)">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Previous item"
          disabled={previous === null}
          onClick={() => goTo(previous)}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next item (Alt+Down)">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Next item"
          disabled={next === null}
          onClick={() => goTo(next)}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
