import type { Item } from '@latchkey/contract/schemas/item';

/** How the members of a group are laid out. */
export type GroupLayout =
  | { readonly kind: 'grid' }
  | { readonly kind: 'list' }
  | { readonly kind: 'tree'; readonly root: LayoutNode; readonly unplaced: readonly Item[] };

export type LayoutNode =
  | {
      readonly kind: 'split';
      readonly direction: 'row' | 'column';
      /** Of the first half, in percent. */
      readonly share: number;
      readonly first: LayoutNode;
      readonly second: LayoutNode;
    }
  | { readonly kind: 'tile'; readonly key: string; readonly member: Item | null }
  | {
      readonly kind: 'carousel';
      readonly members: readonly Item[];
      readonly position: 'left' | 'right' | 'top' | 'bottom';
      /** Of the strip of names, in percent. */
      readonly share: number;
    };

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const positions = ['left', 'right', 'top', 'bottom'] as const;

/** As deep as a tree is drawn; a manifest may say anything. */
const maxDepth = 12;

function shareOf(value: unknown, least: number, most: number, usual: number): number {
  return typeof value === 'number' ? Math.min(Math.max(value, least), most) : usual;
}

/** Reads the layout that the manifest gave; a tree that is none is a grid. Members without a place are named. */
export function groupLayout(
  { mediaDetails }: Pick<Item, 'mediaDetails'>,
  members: readonly Item[],
): GroupLayout {
  const { layout, contents } = objectOf(objectOf(mediaDetails)['group']);
  if (layout === 'default-list') return { kind: 'list' };
  const byUuid = new Map(members.map((member) => [member.uuid, member]));
  const byKey = new Map(
    Object.entries(objectOf(contents)).map(([key, uuid]) => [key, byUuid.get(String(uuid)) ?? null]),
  );
  const root = readNode(layout, byKey, 0);
  if (!root) return { kind: 'grid' };
  const placed = new Set(membersOf(root));
  return { kind: 'tree', root, unplaced: members.filter((member) => !placed.has(member)) };
}

function readNode(value: unknown, byKey: ReadonlyMap<string, Item | null>, depth: number): LayoutNode | null {
  const node = objectOf(value);
  if (depth > maxDepth) return null;
  if (node['type'] === 'data_unit' && typeof node['key'] === 'string')
    return { kind: 'tile', key: node['key'], member: byKey.get(node['key']) ?? null };
  if (node['type'] === 'data_unit_list' && Array.isArray(node['keys']))
    return {
      kind: 'carousel',
      members: node['keys'].flatMap((key: unknown) => byKey.get(String(key)) ?? []),
      position: positions.find((position) => position === node['carouselPosition']) ?? 'left',
      share: shareOf(node['carouselSize'], 10, 70, 25),
    };
  const first = readNode(node['first'], byKey, depth + 1);
  const second = readNode(node['second'], byKey, depth + 1);
  if (!first || !second) return first ?? second;
  const direction = node['direction'] === 'column' ? 'column' : 'row';
  return { kind: 'split', direction, share: shareOf(node['splitPercentage'], 5, 95, 50), first, second };
}

function membersOf(node: LayoutNode): readonly Item[] {
  if (node.kind === 'split') return [...membersOf(node.first), ...membersOf(node.second)];
  if (node.kind === 'carousel') return node.members;
  return node.member ? [node.member] : [];
}

/** The title that the settings give a tile, else the name of its member. */
export function tileTitle(
  { mediaDetails }: Pick<Item, 'mediaDetails'>,
  key: string | null,
  member: Item,
): string {
  const settings = objectOf(objectOf(objectOf(mediaDetails)['group'])['settings']);
  const title = key === null ? undefined : objectOf(objectOf(settings['tileSettings'])[key])['title'];
  return typeof title === 'string' && title !== '' ? title : member.name;
}
