import { type Static, Type } from 'typebox';
import { Nullable, pageQuery, Timestamp, Uuid } from './common.js';
import { itemFilterQuery } from './item.js';
import { metadataEdit } from './item-changes.js';

/** All items that a filter finds in a folder, however many: nobody sends their ids. */
export const CountMatchingQuery = Type.Object(itemFilterQuery);
export type CountMatchingQuery = Static<typeof CountMatchingQuery>;
export const MatchingCount = Type.Object({
  itemsCount: Type.Integer({ minimum: 0 }),
  isExact: Type.Boolean({ description: 'False: there are more, and they were counted no further.' }),
  countedAt: Timestamp,
});
export type MatchingCount = Static<typeof MatchingCount>;

const matchingBody = {
  filter: Type.Object(itemFilterQuery, { additionalProperties: false }),
  createdBefore: Type.String({
    format: 'date-time',
    description:
      'Items that were registered later stay as they are. Give countedAt of the count that was confirmed.',
  }),
  pageToken: pageQuery.pageToken,
};
const isStrict = { additionalProperties: false } as const;

export const DeleteMatching = Type.Object(matchingBody, isStrict);
export type DeleteMatching = Static<typeof DeleteMatching>;
export const MoveMatching = Type.Object({ ...matchingBody, newParentUuid: Uuid }, isStrict);
export type MoveMatching = Static<typeof MoveMatching>;
export const EditMatchingMetadata = Type.Object({ ...matchingBody, ...metadataEdit }, isStrict);
export type EditMatchingMetadata = Static<typeof EditMatchingMetadata>;
export const DatasetMatching = Type.Object({ ...matchingBody, folderUuid: Uuid }, isStrict);
export type DatasetMatching = Static<typeof DatasetMatching>;

const NextPageToken = Nullable(
  Type.String({ description: 'Give it as pageToken with the same body to go on. Null: all is done.' }),
);
const countOf = (description: string) => Type.Integer({ minimum: 0, description });

export const MatchingStep = Type.Object({
  itemsCount: countOf('Items that this request moved or deleted.'),
  nextPageToken: NextPageToken,
});
export type MatchingStep = Static<typeof MatchingStep>;

export const EditedMatching = Type.Object({
  itemsCount: countOf('Items that this request looked at.'),
  changedCount: countOf('Those that were not so already, and could be changed.'),
  failures: Type.Array(Type.Object({ itemUuid: Uuid, code: Type.String(), message: Type.String() }), {
    description: 'Items that stay as they are, and why. All others are changed.',
  }),
  nextPageToken: NextPageToken,
});
export type EditedMatching = Static<typeof EditedMatching>;

export const DatasetMatchingStep = Type.Object({
  itemsCount: countOf('Items that this request looked at.'),
  changedCount: countOf('Those that it added or removed; the others were so already.'),
  nextPageToken: NextPageToken,
});
export type DatasetMatchingStep = Static<typeof DatasetMatchingStep>;
