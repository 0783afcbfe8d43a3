import type { ListItemsQuery } from '@latchkey/contract/schemas/item';
import { matchesAmong, searches } from '../workload/units.js';

/** The folders that a case looks at, and what is in them. */
export interface ListFolders {
  readonly folder: string;
  readonly images: number;
  readonly videos: number;
  /** The folder above. */
  readonly parent: string;
  /** Images of each of the other folders below the parent. */
  readonly neighbours: readonly number[];
}

type Query = Omit<ListItemsQuery, 'pageToken' | 'pageSize'>;

/** `onward`: page by page from the first one. `anywhere`: at random places. */
export type ListCase =
  | { readonly name: string; readonly kind: 'summary' }
  | {
      readonly name: string;
      readonly kind: 'onward' | 'anywhere';
      readonly query: Query;
      /** How many items the whole list has. */
      readonly matches: (folders: ListFolders) => number;
    };

const all = ({ images, videos }: ListFolders) => images + videos;
const onward = (name: string, query: Query, matches = all): ListCase => ({
  name,
  kind: 'onward',
  query: { order: 'name', ...query },
  matches,
});
const anywhere = (name: string, query: Query): ListCase => ({ name, kind: 'anywhere', query, matches: all });
const searching = (name: string, search: keyof typeof searches): ListCase =>
  onward(
    name,
    { search: searches[search] },
    ({ images, videos }) => matchesAmong(images, search) + matchesAmong(videos, search),
  );
const below = ({ images, videos, neighbours }: ListFolders) =>
  [images, videos, ...neighbours].reduce((sum, units) => sum + matchesAmong(units, 'medium'), 0);

export const listCases: readonly ListCase[] = [
  onward('by name', {}),
  onward('by name, descending', { desc: true }),
  onward('by creation', { order: 'createdAt' }),
  onward('by creation, descending', { order: 'createdAt', desc: true }),
  anywhere('by name, anywhere', { order: 'name' }),
  anywhere('by creation, anywhere', { order: 'createdAt' }),
  onward('only images', { itemTypes: ['image'] }, ({ images }) => images),
  onward('only videos (few)', { itemTypes: ['video'] }, ({ videos }) => videos),
  searching('search: all match', 'common'),
  searching('search: 1 of 100 matches', 'medium'),
  searching('search: 1 of 100,000 matches', 'rare'),
  searching('search: no match', 'none'),
  onward('search below the parent', { isRecursive: true, search: searches.medium }, below),
  { name: 'folder summary', kind: 'summary' },
];
